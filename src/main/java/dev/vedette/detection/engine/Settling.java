package dev.vedette.detection.engine;

import java.util.Arrays;

/**
 * A series with a prior finds its own level and scale by its first {@value #TRIAL} points. The
 * level is where they lie beside the day's shape. The scale is what siblings have, and what the
 * steps between these points say, each weighted by how sure it is (inverse variances of the
 * logarithms). From then on the prior counts as {@value #POINTS} points of the series' own and
 * fades as those come. A series that moves otherwise than its siblings, or sends at another pace,
 * forgets them and begins anew, as one without.
 */
final class Settling {
    /** First points, which are not judged. */
    static final int TRIAL = 10;

    /** How many points of its own a prior counts as. */
    static final int POINTS = 600;

    /** Where slots of d are borrowed: nothing has an incident yet whose sums they would hold. */
    static final int AT = LabelMachine.SUMS;

    static final int SLOTS = 6;

    /** The siblings' spread, or their spread as a share of the level. */
    static final int SCALE = AT;

    /** How much siblings differ in its logarithm. */
    static final int SCALE_VARIANCE = AT + 1;

    /** How much siblings differ in the logarithm of their steps as shares of their spreads. */
    static final int STEPS_VARIANCE = AT + 2;

    /** The siblings' spacing of points, seconds. */
    static final int STEP = AT + 3;

    /** 1 when the scale is a share of the level. */
    static final int IS_SHARE = AT + 4;

    /** Sum of the sizes of steps so far. */
    private static final int MOVED = AT + 5;

    /** Variance of the logarithm of the mean size of so many steps of normal noise. */
    private static final double SAMPLING = 0.57 / (TRIAL - 1);

    /** Steps so many times larger or smaller than the siblings' are those of another kind. */
    private static final double OTHER_KIND = Math.log(8);

    private static final double LEAST_SHARE = 0.2;

    private Settling() {}

    /** Points to come before the series is judged. */
    static int left(EnsembleState state) {
        return TRIAL - (int) state.d[Pace.POINTS];
    }

    /**
     * Takes one of the first points in; with the last of them the state stands.
     *
     * @param localSeconds as for {@link DayProfile#update}
     * @param seconds since 1970-01-01T00:00Z
     */
    static void take(EnsembleState state, long localSeconds, double seconds, double value) {
        double[] d = state.d;
        double before = d[Pace.POINTS]++;
        double shape = state.f[EnsembleState.BINS + DayProfile.bin(localSeconds)];
        if (before > 0) {
            d[MOVED] += Math.abs(value - d[Pace.LAST_VALUE]);
        }
        d[Pace.LAST_VALUE] = value;
        // The means of the values and, where the anchor will be, of the shape at their times.
        d[SlowLevel.MEAN] += (value - d[SlowLevel.MEAN]) / (before + 1);
        d[DayProfile.ANCHOR] += (shape - d[DayProfile.ANCHOR]) / (before + 1);
        if (left(state) > 0) {
            return;
        }
        double scale = scale(state);
        if (scale > 0) {
            place(state, scale);
            stand(state, localSeconds, seconds, value);
        } else {
            Intake.beginAnew(state);
        }
    }

    /** The series' spread; 0 when it is no sibling. */
    private static double scale(EnsembleState state) {
        double[] d = state.d;
        double shared = d[IS_SHARE] == 1 ? d[SCALE] * level(d) : d[SCALE];
        double own = d[MOVED] / (TRIAL - 1) / d[LabelMachine.LAST_ERROR];
        if (!(shared > 0) || SiblingMerge.isOtherPace(Pace.step(state), d[STEP])) {
            return 0;
        }
        if (own == 0) {
            return shared;
        }
        double far = Math.log(own / shared);
        double weight = 1 / (SAMPLING + d[STEPS_VARIANCE]);
        double share = weight / (weight + 1 / d[SCALE_VARIANCE]);
        return Math.abs(far) < OTHER_KIND ? shared * Math.exp(share * far) : 0;
    }

    /** The level's size where the spread is a share of it: value = level (1 + share × shape). */
    private static double level(double[] d) {
        double mean = d[SlowLevel.MEAN];
        double shape = Math.signum(mean) * d[DayProfile.ANCHOR];
        return Math.abs(mean) / Math.max(LEAST_SHARE, 1 + d[SCALE] * shape);
    }

    /** Brings the state of level 0 and spread 1 to the series' own. */
    private static void place(EnsembleState state, double scale) {
        double[] d = state.d;
        double level = d[SlowLevel.MEAN] - scale * d[DayProfile.ANCHOR];
        d[SlowLevel.MEAN] = level;
        d[SlowLevel.SPREAD] = scale;
        d[DayProfile.ANCHOR] = level;
        for (int slot : EnsemblePrior.LENGTHS) {
            d[slot] *= scale;
        }
        for (int slot : EnsemblePrior.ERRORS) {
            state.f[slot] *= (float) scale;
        }
        for (int i = 0; i < 2 * DayProfile.BINS; i++) {
            state.f[EnsembleState.BINS + i] *= (float) scale;
        }
    }

    private static void stand(
            EnsembleState state, long localSeconds, double seconds, double value) {
        double[] d = state.d;
        Arrays.fill(d, AT, AT + SLOTS, 0);
        d[Pace.POINTS] = POINTS;
        double u = (value - d[SlowLevel.MEAN]) / d[SlowLevel.SPREAD];
        d[ShortForecast.LAST] = u;
        d[ShortForecast.MEAN] = u;
        d[HourLevel.MEAN] = u;
        d[LabelMachine.FAST_MEAN] = value;
        state.f[EnsembleOutput.SLOW] = (float) d[EnsembleOutput.SMOOTH];
        DayProfile.stand(state, localSeconds, POINTS);
        Records.stand(state, seconds, d[SlowLevel.SPREAD]);
        Novelty.stand(state, POINTS);
        Intake.settled(state);
    }
}
