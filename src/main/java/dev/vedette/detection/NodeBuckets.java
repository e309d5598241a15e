package dev.vedette.detection;

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

    /** Merges what one tick found. */
    void merge(FoundPeaks found, Function<Collection<ScoreBucket.Key>, List<ScoreBucket>> store) {
        bringIn(found, store);
        NodePeaks bucket = new NodePeaks();
        for (int i = 0; i < found.size(); i++) {
            if (!found.isOfBucketBefore(i)) {
                ScoreBucket.Key key = found.key(i);
                bucket = buckets.computeIfAbsent(key, _ -> new NodePeaks());
                touched.add(key);
            }
            bucket.merge(found.seriesId(i), found.score(i), found.isAnomalous(i));
        }
    }

    private void bringIn(
            FoundPeaks found, Function<Collection<ScoreBucket.Key>, List<ScoreBucket>> store) {
        Set<ScoreBucket.Key> unknown = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            ScoreBucket.Key key = found.isOfBucketBefore(i) ? null : found.key(i);
            if (key != null && !buckets.containsKey(key)) {
                unknown.add(key);
            }
        }
        if (!unknown.isEmpty()) {
            store.apply(unknown).forEach(one -> buckets.put(one.key(), new NodePeaks(one)));
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
}
