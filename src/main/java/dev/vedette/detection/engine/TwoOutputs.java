package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * From an engine's distance to the two scores: the state follows it smoothly, the alarm is what
 * habit leaves of it, so that a lasting anomaly alarms once.
 */
final class TwoOutputs {
    /** Size of its part of a snapshot. */
    static final int BYTES = 2 * Double.BYTES;

    private static final double SMOOTHING = 0.3;
    private static final double HABIT_KEEP = 0.98;
    private static final double HABITUATION = 0.5;
    private static final double MOST_HABIT = 1e3;

    private final double half;
    private double smoothed;
    private double habit;

    /**
     * With the law of its scores.
     *
     * @param threshold the distance that scores 0.6, the default threshold
     */
    TwoOutputs(double threshold) {
        this.half = threshold * 2 / 3;
    }

    /** Scores the distance, 0 or more, as state and alarm alike. */
    void judge(double distance, Verdict verdict) {
        judge(distance, distance, verdict);
    }

    /** Scores two distances, each 0 or more. */
    void judge(double state, double alarm, Verdict verdict) {
        smoothed += SMOOTHING * (state - smoothed);
        double fresh = Math.max(0, alarm - habit);
        habit = Math.max(habit * HABIT_KEEP, Math.min(alarm, MOST_HABIT) * HABITUATION);
        verdict.judged(Math.max(smoothed, 0), fresh, half);
        verdict.strangeness = Math.min(alarm, 8);
    }

    /** Scores a known gap: the state is held, nothing alarms. */
    void gap(Verdict verdict) {
        verdict.judged(smoothed, 0, half);
    }

    /** The state's distance, smoothed. */
    double smoothed() {
        return smoothed;
    }

    /** How much a distance says, as evidence in [0,1). */
    double share(double distance) {
        return distance / (distance + half);
    }

    void write(ByteBuffer out) {
        out.putDouble(smoothed).putDouble(habit);
    }

    void read(ByteBuffer in) {
        smoothed = in.getDouble();
        habit = in.getDouble();
    }
}
