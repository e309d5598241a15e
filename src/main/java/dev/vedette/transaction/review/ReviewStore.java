package dev.vedette.transaction.review;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Feedback on transactions. Fails with {@link dev.vedette.ingestion.StorageUnavailableException}
 * when the database cannot be reached.
 */
public interface ReviewStore {
    /** Most words of one transaction that are told. */
    int MOST_WORDS = 100;

    /** Most transactions that precision looks at: those spoken of last. */
    int MOST_REVIEWED = 20_000;

    /** Adds a word; false when the tenant has no such transaction. */
    Uni<Boolean> add(TenantId tenant, PaymentFeedback feedback);

    /** What was said of a transaction, newest first; empty when there is no such transaction. */
    Uni<Optional<List<PaymentFeedback>>> of(TenantId tenant, String transactionId);

    /**
     * Transactions nobody spoke of: those that were not simply approved, and a share of the others,
     * chosen by the hash of their id, so that the choice is random and stays. Newest first.
     *
     * @param share of the approved ones, in [0,1]
     * @param since only those of that time or after
     * @param after only those after that place
     * @param limit most, 1 to 1000
     */
    Uni<List<StoredTransaction>> queue(
            TenantId tenant,
            double share,
            Instant since,
            Optional<TransactionQueries.Position> after,
            int limit);

    /** What was said last of each of those of which something was said. */
    Uni<Map<String, PaymentFeedback.Verdict>> newest(
            TenantId tenant, Collection<String> transactionIds);

    /**
     * How right each rule, model, shadow and the sample were, by what was said since.
     *
     * @param review score from which a shadow would have somebody look
     */
    Uni<List<Precision>> precision(TenantId tenant, Instant since, double review);
}
