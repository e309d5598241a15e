package dev.vedette.detection.engine;

/**
 * What is usual at this time of the day: a mean per bin, with a second copy for weekends that is
 * used only while it foretells them better, and one spread. A holiday goes like the nearer of the
 * two. While the series is far off for long, learning slows down, so that an incident does not
 * become the profile.
 *
 * <p>Means are kept as differences from the first value, so that single precision suffices.
 */
final class DayProfile {
    /** Bins of a day: half an hour each. */
    static final int BINS = 48;

    static final int SLOTS = 4;
    static final int FLOATS = 2 * BINS + 3;
    static final int SHORTS = BINS + 3;

    private static final int AT = EnsembleState.PROFILE;

    /** The first value: tables of floats hold differences from it. */
    static final int ANCHOR = AT;

    private static final int SEEN = AT + 1;

    /** Mean absolute error of the profile. */
    static final int SPREAD = AT + 2;

    private static final int HOT = EnsembleState.COUNTS + BINS;
    private static final int WEEKEND_POINTS = HOT + 1;

    /** Day and bin of the last point: the running visit. */
    private static final int VISIT = HOT + 2;

    /** What the running visit's bin foretold when it began, NaN when it knew nothing. */
    private static final int VISIT_MEAN = EnsembleState.BINS + 2 * BINS;

    // Mean absolute errors of the two copies on weekends.
    static final int WEEKDAY_ERROR = VISIT_MEAN + 1;
    static final int WEEKEND_ERROR = VISIT_MEAN + 2;

    /** The value the profile expects at this point, in the series' unit. */
    static final int EXPECTED = AT + 3;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int COUNT_MASK = 0xff;

    /** How far a point draws its bin, where points come every five minutes or slower. */
    private static final double WEEKDAY_RATE = 0.15;

    private static final double WEEKEND_RATE = 0.3;

    /** Faster points draw less each, so that a visit of half an hour teaches the same. */
    private static final double FULL_RATE_STEP = 300;

    private DayProfile() {}

    /**
     * The value's distance from the profile in profile spreads, 0 while the profile is unknown;
     * then learns it.
     *
     * @param localSeconds seconds since 1970-01-01T00:00 in the tenant's zone
     * @param kind what day it is
     */
    static double update(EnsembleState state, long localSeconds, LocalTime.Day kind, double value) {
        double[] d = state.d;
        float[] f = state.f;
        if (d[Pace.POINTS] == 0) {
            d[ANCHOR] = value;
        }
        long day = Math.floorDiv(localSeconds, SECONDS_OF_DAY);
        int bin = bin(localSeconds);
        double x = value - d[ANCHOR];
        int counts = state.c[EnsembleState.COUNTS + bin];
        int weekdays = counts & COUNT_MASK;
        int weekends = counts >> 8;
        state.e[Evidence.EXPECTED_BEFORE] = d[EXPECTED];
        boolean differ = weekends > 0 && f[WEEKEND_ERROR] < f[WEEKDAY_ERROR];
        boolean weekend =
                switch (kind) {
                    case WORKING -> false;
                    case WEEKEND -> true;
                    case HOLIDAY -> differ && isNearerWeekend(f, bin, x);
                };
        boolean own = weekend && differ;
        int copy = EnsembleState.BINS + (own ? BINS : 0) + bin;
        visit(state, day, bin, weekdays == 0 ? Float.NaN : f[copy]);
        if (weekdays == 0) {
            f[EnsembleState.BINS + bin] = (float) x;
            state.c[EnsembleState.COUNTS + bin] = 1;
            d[EXPECTED] = value;
            return 0;
        }
        double mean = f[EnsembleState.BINS + bin];
        double expected = f[copy];
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
        double slow = weekend && f[WEEKEND_ERROR] < f[WEEKDAY_ERROR] ? 0.1 : 1;
        double step = pace * slow * Math.max(WEEKDAY_RATE * share(state), 1.0 / (weekdays + 1));
        f[EnsembleState.BINS + bin] = (float) (mean + step * Math.clamp(x - mean, -limit, limit));
        if (weekend) {
            weekend(state, bin, weekends, x, mean, pace, limit);
            weekends = Math.min(weekends + 1, 100);
        } else {
            weekdays = Math.min(weekdays + 1, COUNT_MASK);
        }
        state.c[EnsembleState.COUNTS + bin] = (short) (weekends << 8 | weekdays);
        return z;
    }

    /** The half hour of that moment, 0 to 47. */
    static int bin(long localSeconds) {
        return Math.floorMod(localSeconds, SECONDS_OF_DAY) * BINS / SECONDS_OF_DAY;
    }

    /** How many points taught a bin, at most 255. */
    static int points(EnsembleState state, int bin) {
        return state.c[EnsembleState.COUNTS + bin] & COUNT_MASK;
    }

    /** How many points taught a bin's weekend copy, at most 100. */
    static int weekendPoints(EnsembleState state, int bin) {
        return state.c[EnsembleState.COUNTS + bin] >> 8;
    }

    /** Makes a bin one that so many points taught. */
    static void setPoints(EnsembleState state, int bin, int points, int weekendPoints) {
        state.c[EnsembleState.COUNTS + bin] = (short) (weekendPoints << 8 | points);
    }

    /** Goes on as after that many points, the last of them at that moment. */
    static void stand(EnsembleState state, long localSeconds, int points) {
        state.d[SEEN] = points;
        state.d[EXPECTED] = state.d[ANCHOR] + state.f[EnsembleState.BINS + bin(localSeconds)];
        state.f[VISIT_MEAN] = Float.NaN;
    }

    private static boolean isNearerWeekend(float[] f, int bin, double x) {
        int weekday = EnsembleState.BINS + bin;
        return Math.abs(x - f[weekday + BINS]) < Math.abs(x - f[weekday]);
    }

    /** Keeps, at the first point in a bin, what the bin foretells: what comes then is no part. */
    private static void visit(EnsembleState state, long day, int bin, float foretold) {
        short visit = (short) (day * BINS + bin);
        if (state.c[VISIT] != visit || state.d[Pace.POINTS] == 0) {
            state.c[VISIT] = visit;
            state.f[VISIT_MEAN] = foretold;
        }
    }

    /**
     * What the profile expected at this time of the day before this day taught it, in the series'
     * unit: the middle of the band that people see, which a shift must not draw along. The channels
     * judge by {@link #EXPECTED}, which may follow.
     */
    static double foretold(EnsembleState state) {
        float foretold = state.f[VISIT_MEAN];
        return Float.isNaN(foretold) ? state.d[EXPECTED] : state.d[ANCHOR] + foretold;
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
        f[WEEKDAY_ERROR] += (float) (rate * (Math.min(Math.abs(x - mean), cap) - f[WEEKDAY_ERROR]));
        f[WEEKEND_ERROR] +=
                (float) (rate * (Math.min(Math.abs(x - weekendMean), cap) - f[WEEKEND_ERROR]));
        double step = pace * Math.max(WEEKEND_RATE * share(state), 1.0 / (weekends + 1));
        f[slot] = (float) (weekendMean + step * Math.clamp(x - weekendMean, -limit, limit));
    }

    /** The share of a full lesson that one point is worth. */
    private static double share(EnsembleState state) {
        return Math.min(1, Pace.step(state) / FULL_RATE_STEP);
    }

    /** How fast to learn: 0.3 of the usual while the series stays far off, else 1. */
    private static double freeze(EnsembleState state, double z) {
        short[] c = state.c;
        c[HOT] = (short) (Math.abs(z) > 4 ? Math.min(c[HOT] + 1, 40) : Math.max(c[HOT] - 2, 0));
        return c[HOT] > 3 && state.d[SEEN] > 200 ? 0.3 : 1;
    }
}
