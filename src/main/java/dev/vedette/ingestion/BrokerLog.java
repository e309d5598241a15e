package dev.vedette.ingestion;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/**
 * The durable detection log for points that a broker delivers: how far a partition was read is
 * stored in the transaction that stores its points. Fails with {@link StorageUnavailableException}
 * when the database cannot be reached; the outcome of a move is then unknown, so claim again.
 */
public interface BrokerLog {
    /**
     * A partition of a topic.
     *
     * @param topic its topic
     * @param number from 0
     */
    record Partition(String topic, int number) {}

    /**
     * A step forward in a partition.
     *
     * @param partition which
     * @param from offset of the next record as last known
     * @param to offset of the next record from then on
     */
    record Move(Partition partition, long from, long to) {}

    /**
     * Where reading goes on, partition by partition.
     *
     * @param group name of the consumer group
     * @param starts the partitions, and where each starts when it was never read
     */
    Uni<Map<Partition, Long>> claim(String group, Map<Partition, Long> starts);

    /**
     * Appends one row per shard, and moves the partitions, in one transaction: all or none.
     *
     * @param lane opened by this process, no other append to it under way
     * @param seq one more than that of the lane's last append, from 1
     * @param batches each shard once; none when only the partitions move
     * @param group name of the consumer group
     * @param moves at least one, each partition once
     * @return completes once durable; fails with {@link PositionLostException} when another
     *     consumer has moved one of them, and then nothing is stored
     */
    Uni<Void> append(Lane lane, long seq, List<ShardBatch> batches, String group, List<Move> moves);
}
