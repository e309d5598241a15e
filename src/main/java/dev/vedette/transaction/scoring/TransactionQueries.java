package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Questions about decided transactions. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface TransactionQueries {
    /**
     * Which transactions.
     *
     * @param from from this time on
     * @param to before this time
     * @param account of that account
     * @param merchant with that merchant
     * @param country in that country
     * @param channel by that channel
     * @param outcome with that outcome
     * @param minScore with at least that score, in [0,1]
     */
    record Filter(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> account,
            Optional<String> merchant,
            Optional<String> country,
            Optional<String> channel,
            Optional<Outcome> outcome,
            double minScore) {
        /** Any. */
        public static final Filter ANY =
                new Filter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0);
    }

    /** Where a page begins: the transaction before it. */
    record Position(Instant time, String id) {}

    /** Transactions, newest first, after a place. */
    Uni<List<StoredTransaction>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit);

    /** The transaction of that id, once it is decided. */
    Uni<Optional<StoredTransaction>> find(TenantId tenant, String id);
}
