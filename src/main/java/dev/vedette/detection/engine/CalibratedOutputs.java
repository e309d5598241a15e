package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * The alarm is how rare its distance is on this series, where distances have no scale of their own,
 * by the law of {@link EnsembleOutput}.
 */
final class CalibratedOutputs extends TwoOutputs {
    /** Size of its part of a snapshot. */
    static final int BYTES = SCORE_BYTES + TailHistogram.SHORTS * Short.BYTES;

    private static final double SMOOTHING = 0.15;
    private static final double HABIT_KEEP = 0.999;
    private static final double HABITUATION = 0.6;
    private static final double MOST_RARE = 6;

    /** Two thirds of the rarity beyond habit, in powers of ten, at which the score is 0.6. */
    private static final double ALARM_HALF = 1;

    private final short[] counts = new short[TailHistogram.SHORTS];

    /**
     * With the law of the state score.
     *
     * @param threshold the state's distance that scores 0.6
     */
    CalibratedOutputs(double threshold) {
        super(threshold, SMOOTHING);
    }

    @Override
    double alarmScore(double distance) {
        double rarity = TailHistogram.update(counts, 0, distance, MOST_RARE);
        double fresh = Math.max(0, rarity - HABITUATION * habit);
        habit = Math.max(habit * HABIT_KEEP, rarity);
        return fresh / (fresh + ALARM_HALF);
    }

    @Override
    void write(ByteBuffer out) {
        super.write(out);
        for (short count : counts) {
            out.putShort(count);
        }
    }

    @Override
    void read(ByteBuffer in) {
        super.read(in);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.getShort();
        }
    }
}
