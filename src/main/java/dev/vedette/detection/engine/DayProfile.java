package dev.vedette.detection.engine;

/**
 * What is usual at this time of the day: a mean per bin, with a second copy for weekends that is
 * used only while it foretells them better, and one spread. While the series is far off for long,
 * learning slows down, so that an incident does not become the profile.
 *
 * <p>Means are kept as differences from the first value, so that single precision suffices.
 */
final class DayProfile {
    /** Bins of a day: half an hour each. */
    static final int BINS = 48;

    static final int SLOTS = 6;
    static final int FLOATS = 2 * BINS;
    static final int SHORTS = BINS + 2;

    private static final int AT = EnsembleState.PROFILE;

    /** The first value: tables of floats hold differences from it. */
    static final int ANCHOR = AT;

    private static final int SEEN = AT + 1;

    /** Mean absolute error of the profile. */
    static final int SPREAD = AT + 2;

    private static final int WEEKDAY_ERROR = AT + 3;
    private static final int WEEKEND_ERROR = AT + 4;
    private static final int HOT = EnsembleState.COUNTS + BINS;
    private static final int WEEKEND_POINTS = HOT + 1;

    /** The value the profile expects at this point, in the series' unit. */
    static final int EXPECTED = AT + 5;

    /** The same for the bin of the point before. */
    static final int EXPECTED_BEFORE = Evidence.EXPECTED_BEFORE;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int COUNT_MASK = 0xff;

    private DayProfile() {}

    /**
     * The value's distance from the profile in profile spreads, 0 while the profile is unknown;
     * then learns it.
     *
     * @param localSeconds seconds since 1970-01-01T00:00 in the tenant's zone
     */
    static double update(EnsembleState state, long localSeconds, double value) {
        double[] d = state.d;
        float[] f = state.f;
        if (d[Pace.POINTS] == 0) {
            d[ANCHOR] = value;
        }
        long day = Math.floorDiv(localSeconds, SECONDS_OF_DAY);
        int bin = (int) ((localSeconds - day * SECONDS_OF_DAY) * BINS / SECONDS_OF_DAY);
        boolean weekend = isWeekend(localSeconds);
        double x = value - d[ANCHOR];
        int counts = state.c[EnsembleState.COUNTS + bin];
        int weekdays = counts & COUNT_MASK;
        int weekends = counts >> 8;
        d[EXPECTED_BEFORE] = d[EXPECTED];
        if (weekdays == 0) {
            f[EnsembleState.BINS + bin] = (float) x;
            state.c[EnsembleState.COUNTS + bin] = 1;
            d[EXPECTED] = value;
            return 0;
        }
        boolean own = weekend && weekends > 0 && d[WEEKEND_ERROR] < d[WEEKDAY_ERROR];
        double mean = f[EnsembleState.BINS + bin];
        double weekendMean = f[EnsembleState.BINS + BINS + bin];
        double expected = own ? weekendMean : mean;
        d[EXPECTED] = expected + d[ANCHOR];
        double error = x - expected;
        double seen = ++d[SEEN];
        double spread = d[SPREAD];
        double z = 0;
        if (seen > 10 && error != 0) {
            z = Math.clamp(error / Math.max(spread, 1e-9 * Math.abs(error)), -1e3, 1e3);
        }
        double pace = freeze(state, z);
        double limit = seen > 100 && spread > 0 ? 6 * spread : Double.MAX_VALUE;
        d[SPREAD] += pace * Math.max(0.001, 1 / seen) * (Math.min(Math.abs(error), limit) - spread);
        double slow = weekend && d[WEEKEND_ERROR] < d[WEEKDAY_ERROR] ? 0.1 : 1;
        double step = pace * slow * Math.max(0.15, 1.0 / (weekdays + 1));
        f[EnsembleState.BINS + bin] = (float) (mean + step * Math.clamp(x - mean, -limit, limit));
        if (weekend) {
            weekend(state, bin, weekends, x, mean, pace, limit);
            weekends = Math.min(weekends + 1, 100);
        } else {
            weekdays = Math.min(weekdays + 1, 100);
        }
        state.c[EnsembleState.COUNTS + bin] = (short) (weekends << 8 | weekdays);
        return z;
    }

    /** Whether that is a Saturday or a Sunday; 1970-01-01 was a Thursday. */
    static boolean isWeekend(long localSeconds) {
        return Math.floorMod(Math.floorDiv(localSeconds, SECONDS_OF_DAY) + 3, 7) >= 5;
    }

    private static void weekend(
            EnsembleState state,
            int bin,
            int weekends,
            double x,
            double mean,
            double pace,
            double limit) {
        double[] d = state.d;
        float[] f = state.f;
        int slot = EnsembleState.BINS + BINS + bin;
        if (weekends == 0) {
            f[slot] = (float) x;
            return;
        }
        double weekendMean = f[slot];
        int points = Math.min(state.c[WEEKEND_POINTS] + 1, Short.MAX_VALUE);
        state.c[WEEKEND_POINTS] = (short) points;
        double rate = Math.max(0.005, 1.0 / (points + 1));
        double cap = 8 * d[SPREAD];
        d[WEEKDAY_ERROR] += rate * (Math.min(Math.abs(x - mean), cap) - d[WEEKDAY_ERROR]);
        d[WEEKEND_ERROR] += rate * (Math.min(Math.abs(x - weekendMean), cap) - d[WEEKEND_ERROR]);
        double step = pace * Math.max(0.3, 1.0 / (weekends + 1));
        f[slot] = (float) (weekendMean + step * Math.clamp(x - weekendMean, -limit, limit));
    }

    /** How fast to learn: 0.3 of the usual while the series stays far off, else 1. */
    private static double freeze(EnsembleState state, double z) {
        short[] c = state.c;
        c[HOT] = (short) (Math.abs(z) > 4 ? Math.min(c[HOT] + 1, 40) : Math.max(c[HOT] - 2, 0));
        return c[HOT] > 3 && state.d[SEEN] > 200 ? 0.3 : 1;
    }
}
