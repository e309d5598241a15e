package dev.vedette.detection;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker reads and writes of its shards. Blocking: called on virtual threads. Every method
 * throws {@link StorageUnavailableException} when the database cannot be reached; a retry may help.
 */
public interface ShardStore {
    /**
     * Where a shard stands.
     *
     * @param tick number of its last tick, 0 before the first
     * @param watermark how far that tick read
     * @param checkpointTick number of the last tick that stored a checkpoint, 0 before the first
     * @param checkpoint how far that one read
     * @param replay watermarks of the ticks after the checkpoint, oldest first, the last one equal
     *     to {@code watermark}
     */
    record ShardState(
            long tick,
            Watermark watermark,
            long checkpointTick,
            Watermark checkpoint,
            List<Watermark> replay) {}

    /**
     * Takes the shard if it is free, expired, or already this owner's.
     *
     * @param ttl how long the lease holds without renewal
     * @return the lease, its epoch raised when the owner changed; empty while another owner holds
     *     it
     */
    Optional<Lease> acquire(int shard, String owner, Duration ttl);

    /**
     * Makes the lease hold for another {@code ttl}, or finds that a {@link #beat} in the last third
     * of that time did. Returns false when it is lost.
     */
    boolean renew(Lease lease, Duration ttl);

    /** Gives the shard back; no effect when the lease is lost already. */
    void release(Lease lease);

    /**
     * Notes that this worker lives, and holds its leases for that long from now: a shard may wait
     * for its turn, or be at a long tick.
     *
     * @param ttl how long that is to be believed
     * @return how many workers live, this one included
     */
    int beat(String owner, Duration ttl);

    /** Forgets the worker: it ends. */
    void leave(String owner);

    /** Where the shard stands. */
    ShardState load(int shard);

    /** The newest row of each lane of each shard that has rows, whoever has read them. */
    Map<Integer, Watermark> newest();

    /**
     * Rows after one watermark, up to and including another when given; ordered by lane, then
     * number, and cut after about {@code maxPoints} points at a row's end. Never misses a row that
     * becomes visible later in a lane it has read from.
     *
     * @param upTo end of a replayed tick; empty for live reading
     */
    List<LogRow> read(int shard, Watermark after, Optional<Watermark> upTo, int maxPoints);

    /**
     * The stored detector states of those series; a series without one is absent. Of the last
     * checkpoint, never later.
     */
    Map<Long, Checkpoint.Snapshot> snapshots(int shard, Collection<Long> seriesIds);

    /** The stored priors of those series; a series without one is absent. */
    Map<Long, SeriesPrior> priors(Collection<Long> seriesIds);

    /**
     * Stored states of series that are judged already, by what new ones must share with them: those
     * of the cluster first, then those of others by their names, the oldest first. Of the last
     * checkpoints; looks at a few dozen series of a kind, however many there are.
     *
     * @param most most states of a kind
     */
    Map<Siblinghood, List<byte[]>> siblings(Collection<Siblinghood> kinds, int most);

    /** The stored states of those nodes; a node without one is absent. Of the last checkpoint. */
    Map<NodeKey, byte[]> nodeSnapshots(int shard, Collection<NodeKey> nodes);

    /**
     * The followed nodes of the shard, and how long nothing may come from each before it is silent,
     * in milliseconds. Of the last checkpoint.
     *
     * @param most most nodes, above 0
     */
    Map<NodeKey, Long> followedNodes(int shard, int most);

    /** The catalogue entries of those series; one that was deleted meanwhile is absent. */
    Map<Long, Series> series(Collection<Long> seriesIds);

    /**
     * The stored buckets of those keys, in any order; one that was never stored is absent. A worker
     * asks for a bucket before it first touches it, because a commit replaces the whole row.
     */
    List<ScoreBucket> buckets(Collection<ScoreBucket.Key> keys);

    /**
     * Stores a tick in one transaction: priors, anomalies, buckets (and a mark that their roll-ups
     * are due), checkpoint, watermark.
     *
     * @throws LeaseLostException when the lease no longer holds; nothing is stored
     */
    void commit(Lease lease, TickResult tick);

    /**
     * Drops what no reader of the shard needs any more: log rows up to its checkpoint, tick
     * watermarks before it.
     */
    void trim(Lease lease);
}
