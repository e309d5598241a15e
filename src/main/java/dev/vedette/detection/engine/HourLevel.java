package dev.vedette.detection.engine;

/** The level of the last hour, in slow spreads. */
final class HourLevel {
    static final int SLOTS = 2;

    private static final int AT = EnsembleState.HOUR;
    private static final int SUM = AT;
    private static final int WEIGHT = AT + 1;

    private HourLevel() {}

    /** Learns the scaled value and gives the hour's mean of it. */
    static double update(EnsembleState state, double u) {
        double[] d = state.d;
        double rate = d[Pace.HOUR_RATE];
        d[SUM] += rate * (u - d[SUM]);
        d[WEIGHT] += rate * (1 - d[WEIGHT]);
        return d[SUM] / d[WEIGHT];
    }
}
