package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * From an engine's distances to the two scores where distances have no scale of their own: the
 * state follows its distance smoothly, the alarm is how rare its distance is on this series, less
 * what habit takes, by the law of {@link EnsembleOutput}. A lasting anomaly alarms once.
 */
final class CalibratedOutputs {
    /** Size of its part of a snapshot. */
    static final int BYTES = 2 * Double.BYTES + TailHistogram.SHORTS * Short.BYTES;

    private static final double SMOOTHING = 0.15;
    private static final double HABIT_KEEP = 0.999;
    private static final double HABITUATION = 0.6;
    private static final double MOST_RARE = 6;

    /** Two thirds of the rarity beyond habit, in powers of ten, at which the score is 0.6. */
    private static final double ALARM_HALF = 1;

    private final double half;
    private final short[] counts = new short[TailHistogram.SHORTS];
    private double smoothed;
    private double habit;

    /**
     * With the law of the state score.
     *
     * @param threshold the state's distance that scores 0.6
     */
    CalibratedOutputs(double threshold) {
        this.half = threshold * 2 / 3;
    }

    /** Scores the distance, 0 or more, as state and alarm alike. */
    void judge(double distance, Verdict verdict) {
        judge(distance, distance, verdict);
    }

    /** Scores two distances, each 0 or more. */
    void judge(double state, double alarm, Verdict verdict) {
        smoothed += SMOOTHING * (state - smoothed);
        double rarity = TailHistogram.update(counts, 0, alarm, MOST_RARE);
        double fresh = Math.max(0, rarity - HABITUATION * habit);
        habit = Math.max(habit * HABIT_KEEP, rarity);
        verdict.judged(Math.max(smoothed, 0), 0, half);
        verdict.alarmScore = fresh / (fresh + ALARM_HALF);
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
        for (short count : counts) {
            out.putShort(count);
        }
    }

    void read(ByteBuffer in) {
        smoothed = in.getDouble();
        habit = in.getDouble();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.getShort();
        }
    }
}
