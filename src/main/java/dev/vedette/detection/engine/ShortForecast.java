package dev.vedette.detection.engine;

/**
 * Two cheap forecasts of the next scaled value, the last one and a fast mean; whichever was better
 * lately gives the residual. Its running mean over its own slow size is the channel.
 */
final class ShortForecast {
    static final int SLOTS = 7;

    private static final int AT = EnsembleState.FORECAST;
    static final int MEAN = AT;

    /** The last scaled value. */
    static final int LAST = AT + 1;

    static final int MEAN_ERROR = AT + 2;
    static final int LAST_ERROR = AT + 3;
    private static final int RUN = AT + 4;
    private static final int RUN_WEIGHT = AT + 5;
    static final int SCALE = AT + 6;

    private static final double MEAN_RATE = 0.2;
    private static final double RUN_RATE = 0.4;
    private static final double CAP = 8;

    private ShortForecast() {}

    /** The smoothed residual over its usual size, 0 to {@value Relative#MAX}. */
    static double update(EnsembleState state, double u) {
        double[] d = state.d;
        double t = d[Pace.POINTS];
        double toMean = u - d[MEAN];
        double toLast = u - d[LAST];
        double residual = t < 5 ? 0 : d[MEAN_ERROR] < d[LAST_ERROR] ? toMean : toLast;
        double rate = Math.max(0.01, 1 / (t + 1));
        d[MEAN_ERROR] += rate * (Math.min(Math.abs(toMean), CAP) - d[MEAN_ERROR]);
        d[LAST_ERROR] += rate * (Math.min(Math.abs(toLast), CAP) - d[LAST_ERROR]);
        d[MEAN] += MEAN_RATE * toMean;
        d[LAST] = u;
        d[RUN] += RUN_RATE * (residual - d[RUN]);
        d[RUN_WEIGHT] += RUN_RATE * (1 - d[RUN_WEIGHT]);
        return Relative.update(d, SCALE, Math.abs(d[RUN] / d[RUN_WEIGHT]));
    }
}
