package dev.vedette.detection;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The highest anomaly score of each series of one node in one time bucket: what roll-ups are made
 * of. Replaces the stored row of the same node and bucket.
 *
 * @param tenant whose
 * @param clusterId which cluster
 * @param nodeId which node
 * @param bucket start of the bucket, a multiple of {@link #WIDTH} since 1970-01-01T00:00Z
 * @param seriesIds the series judged in the bucket, ascending; {@link #WHOLE_NODE} is the node as a
 *     whole
 * @param scores aligned with them, in [0,1]
 * @param anomalous aligned: whether an anomaly was open in the bucket
 */
@SuppressWarnings(
        "ArrayRecordComponent") // one row per node and bucket; equality is by content, below
public record ScoreBucket(
        TenantId tenant,
        String clusterId,
        String nodeId,
        Instant bucket,
        long[] seriesIds,
        float[] scores,
        boolean[] anomalous) {
    /** Stands among the series for the node as a whole; no series has this id. */
    public static final long WHOLE_NODE = 0;

    /** Width of a bucket. */
    public static final Duration WIDTH = Duration.ofMinutes(5);

    /** The whole buckets that hold that range. */
    public static TimeRange around(TimeRange range) {
        long width = WIDTH.toMillis();
        long from = Math.floorDiv(range.from().toEpochMilli(), width) * width;
        long to = Math.ceilDiv(range.to().toEpochMilli(), width) * width;
        return new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    /**
     * Names a bucket.
     *
     * @param tenant whose
     * @param clusterId which cluster
     * @param nodeId which node
     * @param bucket start of the bucket, a multiple of {@link #WIDTH} since 1970-01-01T00:00Z
     */
    public record Key(TenantId tenant, String clusterId, String nodeId, Instant bucket) {}

    /** The same with the node as a whole at least so strange, and with an anomaly of it open. */
    public ScoreBucket withWhole(float score) {
        boolean has = seriesIds.length > 0 && seriesIds[0] == WHOLE_NODE;
        int more = has ? 0 : 1;
        long[] ids = new long[seriesIds.length + more];
        float[] peaks = new float[ids.length];
        boolean[] open = new boolean[ids.length];
        System.arraycopy(seriesIds, 0, ids, more, seriesIds.length);
        System.arraycopy(scores, 0, peaks, more, scores.length);
        System.arraycopy(anomalous, 0, open, more, anomalous.length);
        ids[0] = WHOLE_NODE;
        peaks[0] = has ? Math.max(scores[0], score) : score;
        open[0] = true;
        return new ScoreBucket(tenant, clusterId, nodeId, bucket, ids, peaks, open);
    }

    /** Which bucket this is. */
    public Key key() {
        return new Key(tenant, clusterId, nodeId, bucket);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreBucket that
                && tenant.equals(that.tenant)
                && clusterId.equals(that.clusterId)
                && nodeId.equals(that.nodeId)
                && bucket.equals(that.bucket)
                && Arrays.equals(seriesIds, that.seriesIds)
                && Arrays.equals(scores, that.scores)
                && Arrays.equals(anomalous, that.anomalous);
    }

    @Override
    public int hashCode() {
        return 31 * nodeId.hashCode() + bucket.hashCode();
    }
}
