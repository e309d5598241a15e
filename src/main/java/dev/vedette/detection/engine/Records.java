package dev.vedette.detection.engine;

import java.util.Arrays;

/**
 * How rare it is that the value lies outside the range of the last days, as a return period in
 * days. A series leaves the range of its last {@code n} days about once in {@code n} days, whatever
 * the law of its points (theory of records), and goes beyond it by {@code x} of its widths about
 * once in {@code n (1 + x)^1.3} days (a Pareto tail). The longest return period over {@code n} from
 * 1 to {@value #BLOCKS} counts.
 *
 * <p>The range is kept as the extremes of whole days, so it holds daily and weekly peaks, and one
 * huge outlier blinds for {@value #BLOCKS} days at most. The values of the running hour are not yet
 * part of it: a climb of some minutes is judged as a whole.
 *
 * <p>Sources: B. C. Arnold, N. Balakrishnan, H. N. Nagaraja, "Records" (1998); J. Pickands,
 * "Statistical Inference Using Extreme Order Statistics", Annals of Statistics 1975. We differ in
 * taking the range's width as the tail's scale and one tail index for all series: one estimated for
 * each series was no better, see {@code docs/detection.md}. Cost: O(1) inside the range of two
 * days, O({@value #BLOCKS}) outside.
 */
final class Records {
    /** Complete days remembered. */
    private static final int BLOCKS = 7;

    static final int SLOTS = 2;

    /** Low and high of the running hour, of the running day, and of each complete one. */
    static final int FLOATS = 2 * (BLOCKS + 2);

    static final int SHORTS = 1;

    private static final int DAY_END = EnsembleState.RECORDS;
    private static final int HOUR_END = DAY_END + 1;

    private static final int HOUR = EnsembleState.EXTREMES;

    /** The running day; the complete ones follow, the newest first. */
    private static final int TODAY = HOUR + 2;

    /** Number of complete days. */
    static final int KNOWN = EnsembleState.RECORDED;

    /** Measured: 1.25 to 1.7 on the sets of docs/detection.md. */
    private static final double TAIL_INDEX = 1.3;

    private static final double HOUR_SECONDS = 3600;
    private static final double DAY_SECONDS = 86_400;

    /** A range of fewer points than these is none: a sparse series has longer "days". */
    private static final int LEAST_POINTS = 24;

    /** No range is narrower than so many slow spreads. */
    private static final double LEAST_WIDTH = 4;

    /** Widths beyond the range, at most. */
    private static final double FARTHEST = 1e4;

    private Records() {}

    /**
     * The return period in days; 0 inside the range, and while no day is complete. Then takes the
     * value in.
     *
     * @param seconds of the point, since 1970-01-01T00:00Z
     */
    static double update(EnsembleState state, double seconds, double value) {
        double[] d = state.d;
        float[] f = state.f;
        if (d[Pace.POINTS] == 0) {
            state.c[KNOWN] = 0;
            begin(state, seconds);
        }
        if (seconds >= d[HOUR_END]) {
            join(f, TODAY, f[HOUR]);
            join(f, TODAY, f[HOUR + 1]);
            f[HOUR] = Float.NaN;
            f[HOUR + 1] = Float.NaN;
            d[HOUR_END] = seconds + HOUR_SECONDS;
        }
        if (seconds >= d[DAY_END]) {
            System.arraycopy(f, TODAY, f, TODAY + 2, 2 * BLOCKS);
            f[TODAY] = Float.NaN;
            f[TODAY + 1] = Float.NaN;
            state.c[KNOWN] = (short) Math.min(state.c[KNOWN] + 1, BLOCKS);
            d[DAY_END] = seconds + Math.max(DAY_SECONDS, LEAST_POINTS * Pace.step(state));
        }
        float x = (float) (value - d[DayProfile.ANCHOR]);
        double days = returnPeriod(state, x);
        join(f, HOUR, x);
        return days;
    }

    private static void begin(EnsembleState state, double seconds) {
        Arrays.fill(state.f, HOUR, HOUR + FLOATS, Float.NaN);
        state.d[HOUR_END] = seconds + HOUR_SECONDS;
        state.d[DAY_END] = seconds + DAY_SECONDS;
    }

    /** The lowest of the complete days, from the anchor; NaN when there is none. */
    static float low(EnsembleState state) {
        float low = Float.NaN;
        for (int n = 1; n <= state.c[KNOWN]; n++) {
            low = Float.isNaN(low) ? state.f[TODAY + 2 * n] : Math.min(low, state.f[TODAY + 2 * n]);
        }
        return low;
    }

    /** The highest of the complete days, from the anchor; NaN when there is none. */
    static float high(EnsembleState state) {
        float high = Float.NaN;
        for (int n = 1; n <= state.c[KNOWN]; n++) {
            float day = state.f[TODAY + 2 * n + 1];
            high = Float.isNaN(high) ? day : Math.max(high, day);
        }
        return high;
    }

    /** As many complete days, with that range together. */
    static void set(EnsembleState state, int days, float low, float high) {
        state.c[KNOWN] = (short) days;
        state.f[TODAY + 2] = low;
        state.f[TODAY + 3] = high;
    }

    /** Goes on from days of that range, in the unit of the scale; the running one starts there. */
    static void stand(EnsembleState state, double seconds, double scale) {
        float low = (float) (scale * state.f[TODAY + 2]);
        float high = (float) (scale * state.f[TODAY + 3]);
        begin(state, seconds);
        if (state.c[KNOWN] > 0) {
            set(state, state.c[KNOWN], low, high);
        }
    }

    /** Widens a range to hold the value; NaN is the empty range, and no value. */
    private static void join(float[] f, int range, float x) {
        if (x < f[range] || Float.isNaN(f[range])) {
            f[range] = x;
        }
        if (x > f[range + 1] || Float.isNaN(f[range + 1])) {
            f[range + 1] = x;
        }
    }

    private static double returnPeriod(EnsembleState state, float x) {
        float[] f = state.f;
        double least = LEAST_WIDTH * state.d[SlowLevel.SPREAD];
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        double longest = 0;
        for (int n = 0; n <= state.c[KNOWN]; n++) {
            int range = TODAY + 2 * n;
            low = f[range] < low ? f[range] : low;
            high = f[range + 1] > high ? f[range + 1] : high;
            double beyond = Math.max((double) x - high, (double) low - x);
            if (!(beyond > 0)) {
                return longest;
            }
            if (n > 0 && low <= high) {
                double width = Math.max((double) high - low, least);
                double far = beyond < FARTHEST * width ? beyond / width : FARTHEST;
                longest = Math.max(longest, n * Math.pow(1 + far, TAIL_INDEX));
            }
        }
        return longest;
    }
}
