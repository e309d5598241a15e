package dev.vedette.detection.engine;

import java.util.Arrays;

/**
 * What a detector says of one point. Reused: a detector fills the verdict it is handed, so that
 * scoring allocates nothing per point; who wants to keep one copies the numbers. Not thread-safe.
 */
public final class Verdict {
    /** Most channels of evidence a detector may give. */
    public static final int MAX_CHANNELS = 8;

    /** Where the detector stands. */
    public enum State {
        /** Too few points for a verdict: scores are 0 and the band is NaN. */
        WARMING_UP,
        /** The point was judged. */
        JUDGED,
        /** The point is not after the one before it: it was not looked at. */
        OUT_OF_ORDER
    }

    State state = State.WARMING_UP;
    double anomalyScore;
    double alarmScore;
    double strangeness;
    double expected = Double.NaN;
    double lower = Double.NaN;
    double upper = Double.NaN;
    AnomalyKind kind = AnomalyKind.NORMAL;
    int pointsToWarm;
    final double[] evidence = new double[MAX_CHANNELS];

    /** What {@link EnsembleState#touch} gave. */
    double touched;

    /** Scratch of the default engine, see {@link Evidence}. */
    final double[] channels = new double[Evidence.SLOTS];

    /** Where the detector stands. */
    public State state() {
        return state;
    }

    /**
     * How abnormal the series is now, calibrated, in [0,1]; stays up while the abnormal stretch
     * lasts.
     */
    public double anomalyScore() {
        return anomalyScore;
    }

    /**
     * How much an alarm should be raised at this point, calibrated, in [0,1]; high at the onset,
     * damped afterwards.
     */
    public double alarmScore() {
        return alarmScore;
    }

    /**
     * How much speaks against this one point, unsmoothed: 0 or more, about 1 to 2 on usual points.
     * What the joint view of a node takes from each of its metrics.
     */
    public double strangeness() {
        return strangeness;
    }

    /** The value that was expected here, in the series' unit; NaN while warming up. */
    public double expected() {
        return expected;
    }

    /** Lower end of the usual range here, in the series' unit; NaN while warming up. */
    public double lower() {
        return lower;
    }

    /** Upper end of the usual range here, in the series' unit; NaN while warming up. */
    public double upper() {
        return upper;
    }

    /** What it looks like at this point; {@link AnomalyKind#NORMAL} where nothing is strange. */
    public AnomalyKind kind() {
        return kind;
    }

    /** How many more points the detector wants before its first verdict; 0 once warm. */
    public int pointsToWarm() {
        return pointsToWarm;
    }

    /**
     * The strength of one evidence channel, 0 when silent, see {@link DetectionEngine#channels()}.
     */
    public double evidence(int channel) {
        return evidence[channel];
    }

    /** Nothing was looked at: the point is not after the one before it. */
    void outOfOrder() {
        clear(State.OUT_OF_ORDER);
    }

    /** No verdict yet. */
    void warmingUp(int points) {
        clear(State.WARMING_UP);
        pointsToWarm = Math.max(points, 1);
    }

    /**
     * Scores from distances: the alarm {@code d / (d + half)}, the state by the cube of its
     * distance and equal to it at 0.6, so that the everyday distance scores low, as in the
     * ensemble.
     */
    void judged(double stateDistance, double alarmDistance, double half) {
        clear(State.JUDGED);
        double ratio = stateDistance / (1.5 * half);
        double cubed = 1.5 * ratio * ratio * ratio;
        anomalyScore = Double.isInfinite(cubed) ? 1 : cubed / (cubed + 1);
        alarmScore = alarmDistance / (alarmDistance + half);
    }

    /** What it looks like at this point. */
    void looksLike(AnomalyKind kind) {
        if (this.kind != kind) {
            this.kind = kind;
        }
    }

    /** The middle and half the width of the usual range. */
    void expect(double middle, double reach) {
        expected = middle;
        lower = middle - reach;
        upper = middle + reach;
    }

    private void clear(State to) {
        if (state != to) {
            // Each reference stored into an object that outlived a collection costs the collector's
            // barrier and, under G1, another thread's time.
            state = to;
        }
        looksLike(AnomalyKind.NORMAL);
        anomalyScore = 0;
        alarmScore = 0;
        strangeness = 0;
        expected = Double.NaN;
        lower = Double.NaN;
        upper = Double.NaN;
        pointsToWarm = 0;
        Arrays.fill(evidence, 0);
    }
}
