package dev.vedette.transaction.intake;

import dev.vedette.transaction.ReceivedTransaction;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** Where transactions wait for the process that decides their shard. */
public interface TransactionQueue {
    /**
     * Makes transactions durable.
     *
     * @param of of one tenant
     * @param shard the tenant's
     * @return keys of those that are new; completes once durable; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException} when nothing is known to be stored
     */
    Uni<Set<ReceivedTransaction.Key>> add(List<ReceivedTransaction> of, int shard);
}
