package dev.vedette.detection.engine;

/** The level of the last hour, in slow spreads. */
final class HourLevel {
    static final int SLOTS = 1;

    static final int MEAN = EnsembleState.HOUR;

    private HourLevel() {}

    /** Learns the scaled value; the channel is the hour's mean of it. */
    static void update(EnsembleState state, double u) {
        double[] d = state.d;
        double rate = Math.max(d[Pace.HOUR_RATE], 1 / (d[Pace.POINTS] + 1));
        d[MEAN] += rate * (u - d[MEAN]);
        state.e[Evidence.HOUR] = d[MEAN];
    }
}
