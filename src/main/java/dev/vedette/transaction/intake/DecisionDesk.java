package dev.vedette.transaction.intake;

import dev.vedette.transaction.ReceivedTransaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whoever decides transactions in this very process, if somebody does. */
public interface DecisionDesk {
    /** The place in which a tenant's transactions are decided. */
    int shardOf(ReceivedTransaction transaction);

    /**
     * Hands transactions of one shard over.
     *
     * @return completes when they are decided and durable, in the order given; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException} when nothing is known to be stored;
     *     empty when another process decides that shard
     * @throws dev.vedette.ingestion.IngestionBusyException when too many wait
     */
    Optional<CompletionStage<List<Handled>>> offer(int shard, List<ReceivedTransaction> of);
}
