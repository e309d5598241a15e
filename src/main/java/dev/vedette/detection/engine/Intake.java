package dev.vedette.detection.engine;

import java.util.Arrays;

/**
 * What a raw value becomes before the channels see it, and whether the start was any good.
 *
 * <p>After {@value #TRIAL} points a series that only ever rose, but for falls to almost nothing, is
 * taken for a counter that resets: from then on its rate per second is judged, and what was learnt
 * of its level is dropped. The same start anew is made when nearly all of the first points moved by
 * far less than the spread they left behind: then one huge early outlier made that spread.
 */
final class Intake {
    static final int SLOTS = 1;
    static final int SHORTS = 3;

    /** Last raw value. */
    static final int RAW = EnsembleState.INTAKE;

    static final int MODE = EnsembleState.INTAKE_FLAGS;
    private static final int RISES = MODE + 1;
    private static final int CALM = MODE + 2;

    private static final int UNDECIDED = 0;
    private static final int GAUGE = 1;
    private static final int COUNTER = 2;

    /** A gauge, or a counter, that has a prior and finds its level and scale. */
    private static final int SETTLING_GAUGE = 3;

    private static final int SETTLING_COUNTER = 4;

    private static final int TRIAL = 64;

    /** Of the trial's points, how many must rise, or be calm. */
    private static final int MOST = 58;

    /** A counter that falls below this share of itself was reset. */
    private static final double RESET_SHARE = 0.5;

    private static final double CALM_SHARE = 0.05;
    private static final short SPOILT = -1000;

    private Intake() {}

    /**
     * What to judge: the value, or a counter's rate; NaN where a counter was reset.
     *
     * @param seconds since the last point; 0 for the first
     */
    static double take(EnsembleState state, double seconds, double value) {
        double before = state.d[RAW];
        state.d[RAW] = value;
        if (state.c[MODE] == UNDECIDED) {
            watch(state, before, value);
        }
        return isCounter(state) ? rate(before, value, seconds) : value;
    }

    private static boolean isCounter(EnsembleState state) {
        return state.c[MODE] == COUNTER || state.c[MODE] == SETTLING_COUNTER;
    }

    /** Whether it is known what kind of series this is. */
    static boolean isDecided(EnsembleState state) {
        return state.c[MODE] == GAUGE || state.c[MODE] == COUNTER;
    }

    /** The mode in which a sibling of that series settles. */
    static short settling(EnsembleState sibling) {
        return (short) (isCounter(sibling) ? SETTLING_COUNTER : SETTLING_GAUGE);
    }

    /** Whether the series has a prior and no level of its own yet. */
    static boolean isSettling(EnsembleState state) {
        return state.c[MODE] == SETTLING_GAUGE || state.c[MODE] == SETTLING_COUNTER;
    }

    /** It settled. */
    static void settled(EnsembleState state) {
        state.c[MODE] = (short) (isCounter(state) ? COUNTER : GAUGE);
    }

    /** Forgets all but the last value: nothing is known of the series. */
    static void beginAnew(EnsembleState state) {
        double raw = state.d[RAW];
        Arrays.fill(state.d, 0);
        Arrays.fill(state.f, 0);
        Arrays.fill(state.c, (short) 0);
        state.d[RAW] = raw;
    }

    private static double rate(double before, double value, double seconds) {
        // What was counted around a reset is unknown.
        return seconds > 0 && value >= before ? (value - before) / seconds : Double.NaN;
    }

    private static void watch(EnsembleState state, double before, double value) {
        double points = state.d[Pace.POINTS];
        if (points == 0) {
            return;
        }
        short[] c = state.c;
        if (value > before && before >= 0) {
            c[RISES]++;
        } else if (value < before && value >= RESET_SHARE * before) {
            c[RISES] = SPOILT;
        }
        double move = Math.abs(value - before);
        if (move > 0 && move < CALM_SHARE * state.d[SlowLevel.SPREAD]) {
            c[CALM]++;
        }
        if (points < TRIAL) {
            return;
        }
        boolean counter = c[RISES] >= MOST;
        boolean anew = counter || c[CALM] >= MOST;
        if (anew) {
            beginAnew(state);
        }
        c[MODE] = (short) (counter ? COUNTER : GAUGE);
    }

    /** What a judged quantity is in the series' unit: itself, or where a counter would stand. */
    static double unit(EnsembleState state, double judged, double before, double seconds) {
        return isCounter(state) ? before + judged * seconds : judged;
    }
}
