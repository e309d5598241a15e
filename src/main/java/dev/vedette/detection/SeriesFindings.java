package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What some points of one series said: begun anew for each series, so that a tick of a hundred
 * thousand series needs one. Not thread-safe.
 */
final class SeriesFindings {
    private final List<AnomalyResult> anomalies = new ArrayList<>();
    private int judged;
    private int repeated;
    private int late;
    private long lateFirst;
    private long lateLast;
    private long[] buckets = new long[4];
    private float[] peaks = new float[4];
    private boolean[] anomalous = new boolean[4];
    private int size;
    private long latestBucket;

    /**
     * Forgets all, for the next series.
     *
     * @param left how many of its points were left out because another has the same time
     */
    void begin(int left) {
        anomalies.clear();
        judged = 0;
        repeated = left;
        late = 0;
        lateFirst = Long.MAX_VALUE;
        lateLast = Long.MIN_VALUE;
        size = 0;
        latestBucket = Long.MIN_VALUE;
    }

    /** A point that was not after the last one judged: stored, not judged. */
    void addLate(long epochMillis) {
        late++;
        lateFirst = Math.min(lateFirst, epochMillis);
        lateLast = Math.max(lateLast, epochMillis);
    }

    /**
     * A judged point.
     *
     * @param verdict on it
     * @param isOpen whether an anomaly was open at it
     */
    void addJudged(long epochMillis, Verdict verdict, boolean isOpen) {
        judged++;
        if (verdict.state() != Verdict.State.JUDGED) {
            return;
        }
        // While an anomaly is open its score is the stronger of the two, as in its record.
        double score =
                isOpen
                        ? Math.max(verdict.anomalyScore(), verdict.alarmScore())
                        : verdict.anomalyScore();
        long bucket = NodeBuckets.startOf(epochMillis);
        if (bucket != latestBucket) {
            latestBucket = bucket;
            addBucket(bucket);
        }
        peaks[size - 1] = Math.max(peaks[size - 1], (float) score);
        anomalous[size - 1] |= isOpen;
    }

    private void addBucket(long bucket) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            peaks = Arrays.copyOf(peaks, 2 * size);
            anomalous = Arrays.copyOf(anomalous, 2 * size);
        }
        buckets[size] = bucket;
        peaks[size] = 0;
        anomalous[size++] = false;
    }

    /** An anomaly was opened, extended or closed: its latest state stands for it. */
    void addAnomaly(AnomalyResult anomaly) {
        for (int i = anomalies.size() - 1; i >= 0; i--) {
            if (anomalies.get(i).windowStart().equals(anomaly.windowStart())) {
                anomalies.set(i, anomaly);
                return;
            }
        }
        anomalies.add(anomaly);
    }

    /** How many points were handed to the evaluator. */
    int judged() {
        return judged;
    }

    /** How many were stored but not judged: late, or repeated. */
    int late() {
        return late + repeated;
    }

    /** The late ones of that series, but not those repeated. */
    Optional<LateStretch> lateStretch(SeriesAtWork series) {
        return late == 0
                ? Optional.empty()
                : Optional.of(new LateStretch(series.series().id(), lateFirst, lateLast, late));
    }

    /**
     * Anomalies opened, extended or closed, latest state, oldest first; changed by {@link #begin}.
     */
    List<AnomalyResult> anomalies() {
        return anomalies;
    }

    /** How many score buckets it was judged in. */
    int buckets() {
        return size;
    }

    /** Start of that bucket, milliseconds since 1970-01-01T00:00Z; not decreasing. */
    long bucket(int at) {
        return buckets[at];
    }

    /** Its highest score in that bucket, in [0,1]. */
    float peak(int at) {
        return peaks[at];
    }

    /** Whether an anomaly was open in that bucket. */
    boolean isAnomalous(int at) {
        return anomalous[at];
    }
}
