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
