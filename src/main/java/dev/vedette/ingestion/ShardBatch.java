package dev.vedette.ingestion;

import dev.vedette.series.PointBatch;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;

/**
 * What one group commit appends for one shard; may hold many tenants.
 *
 * @param shard 0 to {@link dev.vedette.series.Shards#COUNT} − 1
 * @param points at least one point
 * @param traces the commit's place in the traces of those requests among them that are recorded;
 *     usually none
 */
public record ShardBatch(int shard, PointBatch points, List<SpanContext> traces) {
    /** One of requests that are not recorded. */
    public ShardBatch(int shard, PointBatch points) {
        this(shard, points, List.of());
    }
}
