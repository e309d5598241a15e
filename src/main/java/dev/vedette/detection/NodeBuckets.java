package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The score buckets a shard works on. A commit replaces whole rows, so a bucket not in memory is
 * first read back; what is merged into it is a maximum, so merging twice changes nothing and a
 * replay need not touch buckets at all. Bounded: the least recently touched are forgotten after a
 * commit, which stored them.
 */
final class NodeBuckets {
    private static final long WIDTH_MILLIS = ScoreBucket.WIDTH.toMillis();

    private final int most;
    private final Map<ScoreBucket.Key, NodePeaks> buckets = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<ScoreBucket.Key> touched = new HashSet<>();

    /** Keeps about {@code most} buckets between commits. */
    NodeBuckets(int most) {
        this.most = most;
    }

    /** Start of the bucket that time falls in, milliseconds since 1970-01-01T00:00Z. */
    static long startOf(long epochMillis) {
        return Math.floorDiv(epochMillis, WIDTH_MILLIS) * WIDTH_MILLIS;
    }

    /** Whether nothing was merged since the last commit. */
    boolean isEmpty() {
        return touched.isEmpty();
    }

    /** Merges what was found on one series in this tick. */
    void merge(
            List<Finding> findings,
            Function<Collection<ScoreBucket.Key>, List<ScoreBucket>> store) {
        Set<ScoreBucket.Key> unknown = new HashSet<>();
        for (Finding finding : findings) {
            if (!buckets.containsKey(finding.bucket())) {
                unknown.add(finding.bucket());
            }
        }
        if (!unknown.isEmpty()) {
            store.apply(unknown).forEach(one -> buckets.put(one.key(), new NodePeaks(one)));
        }
        for (Finding finding : findings) {
            buckets.computeIfAbsent(finding.bucket(), _ -> new NodePeaks())
                    .merge(finding.seriesId(), finding.peak());
            touched.add(finding.bucket());
        }
    }

    /** The buckets touched since the last commit, whole. */
    List<ScoreBucket> changed() {
        List<ScoreBucket> changed = new ArrayList<>(touched.size());
        buckets.forEach((key, peaks) -> {
            if (touched.contains(key)) {
                changed.add(peaks.bucket(key));
            }
        });
        return changed;
    }

    /** The changed buckets are stored. */
    void committed() {
        touched.clear();
        var eldest = buckets.keySet().iterator();
        for (int surplus = buckets.size() - most; surplus > 0; surplus--) {
            eldest.next();
            eldest.remove();
        }
    }

    /** The highest score of one series in one bucket, and whether an anomaly was open. */
    record Peak(float score, boolean anomalous) {
        Peak with(Peak other) {
            return new Peak(Math.max(score, other.score), anomalous || other.anomalous);
        }
    }

    /** What one tick found on one series in one bucket. */
    record Finding(ScoreBucket.Key bucket, long seriesId, Peak peak) {
        static Finding of(NodeKey node, long seriesId, long bucketMillis, Peak peak) {
            return new Finding(
                    new ScoreBucket.Key(
                            node.tenant(),
                            node.clusterId(),
                            node.nodeId(),
                            Instant.ofEpochMilli(bucketMillis)),
                    seriesId,
                    peak);
        }
    }
}
