package dev.vedette.detection.engine;

/** The level of the last hour, in slow spreads. */
final class HourLevel {
    private HourLevel() {}

    /** Learns the scaled value; the channel is the hour's mean of it. */
    static void update(EnsembleState state, double u) {
        double[] d = state.d;
        double rate = Math.max(d[Pace.HOUR_RATE], 1 / (d[Pace.POINTS] + 1));
        d[Evidence.HOUR] += rate * (u - d[Evidence.HOUR]);
    }
}
