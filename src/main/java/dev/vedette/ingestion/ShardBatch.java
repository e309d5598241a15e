package dev.vedette.ingestion;

import dev.vedette.series.PointBatch;

/**
 * What one group commit appends for one shard; may hold many tenants.
 *
 * @param shard 0 to {@link dev.vedette.series.Shards#COUNT} − 1
 * @param points at least one point
 */
public record ShardBatch(int shard, PointBatch points) {}
