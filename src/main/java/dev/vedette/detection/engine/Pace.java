package dev.vedette.detection.engine;

/**
 * How densely the series sends: the usual spacing of its points, and the forgetting rates that
 * follow from it, so that a memory of an hour is an hour at every resolution.
 */
final class Pace {
    static final int SLOTS = 7;

    private static final int AT = EnsembleState.PACE;

    /** Points judged before this one. */
    static final int POINTS = AT;

    /** Usual spacing, seconds. */
    static final int STEP = AT + 1;

    /** The spacing that the cached rates below were made for. */
    private static final int CACHED_FOR = AT + 2;

    /** Rate of a memory of one hour. */
    static final int HOUR_RATE = AT + 3;

    /** Rate at which the state output follows. */
    static final int STATE_RATE = AT + 4;

    /** What is left of a habit after one step: three days' memory. */
    static final int HABIT_KEEP = AT + 5;

    /** Last value judged. */
    static final int LAST_VALUE = AT + 6;

    private static final double DEFAULT_STEP = 60;
    private static final double HABIT_SECONDS = 259_200;

    private Pace() {}

    /**
     * Follows the spacing; a single hole or burst moves it little.
     *
     * @param seconds since the last point; 0 for the first
     */
    static void update(EnsembleState state, double seconds) {
        double[] d = state.d;
        double step = d[STEP];
        if (seconds > 0 && step == 0) {
            step = seconds;
        } else if (seconds > 0) {
            double rate = Math.max(0.02, 1 / (d[POINTS] + 1));
            step += rate * (Math.clamp(seconds, step / 2, step * 2) - step);
        }
        d[STEP] = step;
        double used = step == 0 ? DEFAULT_STEP : step;
        if (Math.abs(used - d[CACHED_FOR]) > 0.001 * used) {
            d[CACHED_FOR] = used;
            d[HOUR_RATE] = Math.clamp(1 - Math.exp(-used / 3600), 0.005, 0.6);
            d[STATE_RATE] = Math.clamp(0.04 * Math.pow(used / 300, 0.8), 0.01, 0.6);
            d[HABIT_KEEP] = Math.exp(-used / HABIT_SECONDS);
        }
    }

    /** The usual spacing, seconds; a minute while unknown. */
    static double step(EnsembleState state) {
        return state.d[CACHED_FOR];
    }
}
