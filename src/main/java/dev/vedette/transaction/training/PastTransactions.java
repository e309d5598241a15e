package dev.vedette.transaction.training;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.ReviewStore;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decided transactions of a tenant with what people have said of them by now. Blocking. */
@ApplicationScoped
class PastTransactions {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAGE = 1_000;

    private final TransactionQueries queries;
    private final ReviewStore reviews;

    PastTransactions(TransactionQueries queries, ReviewStore reviews) {
        this.queries = queries;
        this.reviews = reviews;
    }

    /** The newest, at most so many, newest first. */
    List<Training.Past> newest(TenantId tenant, int most) {
        List<Training.Past> past = new ArrayList<>();
        Optional<TransactionQueries.Position> after = Optional.empty();
        while (past.size() < most) {
            int page = Math.min(PAGE, most - past.size());
            List<StoredTransaction> rows =
                    queries.list(tenant, TransactionQueries.Filter.ANY, after, page)
                            .await()
                            .atMost(PATIENCE);
            past.addAll(labelled(tenant, rows));
            if (rows.size() < page) {
                return past;
            }
            Transaction last = rows.getLast().received().transaction();
            after = Optional.of(new TransactionQueries.Position(last.time(), last.id()));
        }
        return past;
    }

    private List<Training.Past> labelled(TenantId tenant, List<StoredTransaction> rows) {
        List<Transaction> transactions =
                rows.stream().map(row -> row.received().transaction()).toList();
        Map<String, PaymentFeedback.Verdict> said =
                reviews.newest(tenant, transactions.stream().map(Transaction::id).toList())
                        .await()
                        .atMost(PATIENCE);
        return transactions.stream()
                .map(one -> new Training.Past(one, label(Optional.ofNullable(said.get(one.id())))))
                .toList();
    }

    private static Training.Label label(Optional<PaymentFeedback.Verdict> said) {
        return said.map(verdict ->
                        switch (verdict) {
                            case FRAUD -> Training.Label.FRAUD;
                            case LEGITIMATE -> Training.Label.LEGITIMATE;
                            case UNSURE -> Training.Label.UNKNOWN;
                        })
                .orElse(Training.Label.UNKNOWN);
    }
}
