package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Highest scores of series in score buckets, as one tick found them: columns, in the order found,
 * mostly those of a node after one another. Not thread-safe.
 */
final class FoundPeaks {
    private @Nullable NodeKey[] nodes = new NodeKey[64];
    private long[] ids = new long[64];
    private long[] buckets = new long[64];
    private float[] scores = new float[64];
    private boolean[] anomalous = new boolean[64];
    private int size;

    /**
     * Adds one.
     *
     * @param node of the series
     * @param seriesId {@link ScoreBucket#WHOLE_NODE} for the node as a whole
     * @param bucket its start, milliseconds since 1970-01-01T00:00Z
     * @param score in [0,1]
     * @param isAnomalous whether an anomaly was open in it
     */
    void add(NodeKey node, long seriesId, long bucket, float score, boolean isAnomalous) {
        if (size == ids.length) {
            int capacity = 2 * size;
            nodes = Arrays.copyOf(nodes, capacity);
            ids = Arrays.copyOf(ids, capacity);
            buckets = Arrays.copyOf(buckets, capacity);
            scores = Arrays.copyOf(scores, capacity);
            anomalous = Arrays.copyOf(anomalous, capacity);
        }
        nodes[size] = node;
        ids[size] = seriesId;
        buckets[size] = bucket;
        scores[size] = score;
        anomalous[size++] = isAnomalous;
    }

    /** How many. */
    int size() {
        return size;
    }

    /** Takes the last ones out again, down to that many. */
    void shrinkTo(int most) {
        size = Math.min(size, most);
    }

    /** Whether that one belongs to the same bucket of the same node as the one before it. */
    boolean isOfBucketBefore(int at) {
        return at > 0 && buckets[at] == buckets[at - 1] && node(at).equals(node(at - 1));
    }

    /** The bucket of that one. */
    ScoreBucket.Key key(int at) {
        NodeKey node = node(at);
        return new ScoreBucket.Key(
                node.tenant(), node.clusterId(), node.nodeId(), Instant.ofEpochMilli(buckets[at]));
    }

    private NodeKey node(int at) {
        NodeKey node = nodes[at];
        if (node == null) {
            throw new IndexOutOfBoundsException(at);
        }
        return node;
    }

    /** The series of that one. */
    long seriesId(int at) {
        return ids[at];
    }

    /** The score of that one. */
    float score(int at) {
        return scores[at];
    }

    /** Whether an anomaly was open. */
    boolean isAnomalous(int at) {
        return anomalous[at];
    }
}
