package dev.vedette.ingestion;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The durable detection log, write side. An append that succeeded is what an acknowledgement means.
 */
public interface PointLog {
    /**
     * Opens a new lane.
     *
     * @return the lane; fails with {@link StorageUnavailableException} when the database cannot be
     *     reached
     */
    Uni<Lane> openLane();

    /**
     * Appends one row per shard, all with that sequence number, in one transaction: all or none.
     *
     * @param lane opened by this process, no other append to it under way
     * @param seq one more than that of the lane's last append, from 1
     * @param batches at least one, each shard once
     * @return completes once durable; fails with {@link StorageUnavailableException} when nothing
     *     is known to be stored (the caller opens a new lane and answers 503)
     */
    Uni<Void> append(Lane lane, long seq, List<ShardBatch> batches);
}
