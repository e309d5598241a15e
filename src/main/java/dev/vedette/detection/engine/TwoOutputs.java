package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * From an engine's distance to the two scores: the state follows it smoothly, the alarm is what
 * habit leaves of it, so that a lasting anomaly alarms once. What an alarm is made of differs.
 */
abstract sealed class TwoOutputs permits DistanceOutputs, CalibratedOutputs {
    /** Size of what all of them keep in a snapshot. */
    static final int SCORE_BYTES = 2 * Double.BYTES;

    private final double smoothing;
    private final double half;
    private double smoothed;

    /** What the alarms of late take from the next. */
    double habit;

    /**
     * With the law of the state score.
     *
     * @param threshold the state's distance that scores 0.6, the default threshold
     * @param smoothing how much of the way to a new distance the state goes at a point, in (0,1]
     */
    TwoOutputs(double threshold, double smoothing) {
        this.half = threshold * 2 / 3;
        this.smoothing = smoothing;
    }

    /** Scores the distance, 0 or more, as state and alarm alike. */
    final void judge(double distance, Verdict verdict) {
        judge(distance, distance, verdict);
    }

    /** Scores two distances, each 0 or more. */
    final void judge(double state, double alarm, Verdict verdict) {
        smoothed += smoothing * (state - smoothed);
        verdict.judged(Math.max(smoothed, 0), 0, half);
        verdict.alarmScore = alarmScore(alarm);
        verdict.strangeness = Math.min(alarm, 8);
    }

    /** The alarm score of a distance, in [0,1], less what habit takes; then it is habit itself. */
    abstract double alarmScore(double distance);

    /** Scores a known gap: the state is held, nothing alarms. */
    final void gap(Verdict verdict) {
        verdict.judged(smoothed, 0, half);
    }

    /** The state's distance, smoothed. */
    final double smoothed() {
        return smoothed;
    }

    /** How much a distance says, as evidence in [0,1). */
    final double share(double distance) {
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
