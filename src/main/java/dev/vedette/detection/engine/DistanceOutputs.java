package dev.vedette.detection.engine;

/** The alarm is the distance itself, by the state's law. */
final class DistanceOutputs extends TwoOutputs {
    /** Size of its part of a snapshot. */
    static final int BYTES = SCORE_BYTES;

    private static final double SMOOTHING = 0.3;
    private static final double HABIT_KEEP = 0.98;
    private static final double HABITUATION = 0.5;
    private static final double MOST_HABIT = 1e3;

    /**
     * With the law of its scores.
     *
     * @param threshold the distance that scores 0.6
     */
    DistanceOutputs(double threshold) {
        super(threshold, SMOOTHING);
    }

    @Override
    double alarmScore(double distance) {
        double fresh = Math.max(0, distance - habit);
        habit = Math.max(habit * HABIT_KEEP, Math.min(distance, MOST_HABIT) * HABITUATION);
        return share(fresh);
    }
}
