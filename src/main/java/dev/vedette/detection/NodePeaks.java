package dev.vedette.detection;

import java.util.Arrays;

/** The peaks of one node's series in one score bucket: columns, by ascending series. */
final class NodePeaks {
    private long[] ids;
    private float[] scores;
    private boolean[] anomalous;
    private int size;

    /** None so far. */
    NodePeaks() {
        this.ids = new long[0];
        this.scores = new float[0];
        this.anomalous = new boolean[0];
    }

    /** Those of a stored bucket. */
    NodePeaks(ScoreBucket bucket) {
        this.ids = bucket.seriesIds().clone();
        this.scores = bucket.scores().clone();
        this.anomalous = bucket.anomalous().clone();
        this.size = ids.length;
    }

    /** Takes in a peak of that series: the higher one stays. */
    void merge(long id, float score, boolean isAnomalous) {
        // they come by ascending series, so that nearly always it is the next one
        int at = size > 0 && ids[size - 1] < id ? -size - 1 : Arrays.binarySearch(ids, 0, size, id);
        if (at >= 0) {
            scores[at] = Math.max(scores[at], score);
            anomalous[at] |= isAnomalous;
        } else {
            insert(-at - 1, id, score, isAnomalous);
        }
    }

    private void insert(int at, long id, float score, boolean isAnomalous) {
        if (size == ids.length) {
            int capacity = size + Math.max(8, size / 2);
            ids = Arrays.copyOf(ids, capacity);
            scores = Arrays.copyOf(scores, capacity);
            anomalous = Arrays.copyOf(anomalous, capacity);
        }
        System.arraycopy(ids, at, ids, at + 1, size - at);
        System.arraycopy(scores, at, scores, at + 1, size - at);
        System.arraycopy(anomalous, at, anomalous, at + 1, size - at);
        ids[at] = id;
        scores[at] = score;
        anomalous[at] = isAnomalous;
        size++;
    }

    /** All of them as that bucket. */
    ScoreBucket bucket(ScoreBucket.Key key) {
        return new ScoreBucket(
                key.tenant(),
                key.clusterId(),
                key.nodeId(),
                key.bucket(),
                Arrays.copyOf(ids, size),
                Arrays.copyOf(scores, size),
                Arrays.copyOf(anomalous, size));
    }
}
