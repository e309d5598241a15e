package dev.vedette.transaction.intake;

import dev.vedette.ingestion.BrokerLog;
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

    /**
     * Makes what a broker delivered durable: the accepted wait here, the refused are among the dead
     * letters, and the partitions move, all or none.
     *
     * @param moves at least one, each partition once
     * @return completes once durable; fails with {@link
     *     dev.vedette.ingestion.PositionLostException} when another consumer has moved one of them,
     *     and then nothing is stored, or with {@link
     *     dev.vedette.ingestion.StorageUnavailableException} when nothing is known to be stored
     */
    Uni<Void> deliver(Checked checked, String group, List<BrokerLog.Move> moves);
}
