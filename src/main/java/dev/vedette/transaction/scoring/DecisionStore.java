package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * What a worker reads and writes of its shards of transactions. Blocking: called on virtual
 * threads. Every method throws {@link dev.vedette.ingestion.StorageUnavailableException} when the
 * database cannot be reached; a retry may help.
 */
public interface DecisionStore {
    /**
     * A transaction that waits.
     *
     * @param id its place in the queue
     * @param received the transaction
     */
    record Due(long id, ReceivedTransaction received) {}

    /**
     * A decided transaction, for rebuilding what is known of its account.
     *
     * @param seq number of its decision
     * @param received the transaction
     * @param model the version of the model that decided it; empty when rules alone did
     */
    record Replayed(long seq, ReceivedTransaction received, OptionalInt model) {}

    /**
     * What was known of a tenant's accounts after one decision.
     *
     * @param tenant whose
     * @param seq number of that decision
     * @param state as the judge wrote it, cut into pieces: a large tenant's is more than one array
     *     holds; handed over
     */
    record Snapshot(TenantId tenant, long seq, List<byte[]> state) {}

    /**
     * Takes the shard if it is free, expired, or already this owner's.
     *
     * @param ttl how long the lease holds without renewal
     * @return the lease, its epoch raised when the owner changed; empty while another owner holds
     *     it
     */
    Optional<ShardLease> acquire(int shard, String owner, Duration ttl);

    /**
     * Makes the lease hold for two thirds of a {@code ttl} at least, with others of its owner where
     * that saves statements. Returns false when it is lost.
     */
    boolean renew(ShardLease lease, Duration ttl);

    /** Gives the shard back; no effect when the lease is lost already. */
    void release(ShardLease lease);

    /** How many workers live, at least 1. */
    int workers();

    /** The shards that have transactions waiting. */
    Set<Integer> waiting();

    /** The shard's waiting transactions, oldest first, at most so many. */
    List<Due> due(int shard, int most);

    /** The tenant's last snapshot. */
    Optional<Snapshot> snapshot(TenantId tenant);

    /**
     * Keeps a snapshot in place of an older one of its tenant. One that is not newer than what is
     * kept is let go. What is kept stays until all of the new one is written, which takes its time:
     * it is written piece by piece, so that no decision waits behind all of it.
     */
    void keep(Snapshot snapshot);

    /** The tenant's decided transactions after that number, in order, at most so many. */
    List<Replayed> replay(TenantId tenant, long afterSeq, int most);

    /**
     * Decides in one transaction: finds out which are new, has them judged, and stores the
     * decisions, what follows from them, and that they wait no more. All or none.
     *
     * @param lease must still hold, and {@code seq} be the shard's last number
     * @param asked what may be new; of two with one key the first counts
     * @param due places in the queue that are done with
     * @param judging called once with those that are new, in the order asked; its result is stored
     *     under the numbers after {@code seq}
     * @return what was judged
     * @throws ShardLostException when the lease does not hold
     */
    List<JudgedTransaction> decide(
            ShardLease lease,
            long seq,
            List<ReceivedTransaction> asked,
            List<Long> due,
            Function<List<ReceivedTransaction>, List<JudgedTransaction>> judging);
}
