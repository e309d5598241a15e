package dev.vedette.transaction.review;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.review.PaymentFeedback.Verdict;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes what people say of transactions, and tells what follows from it. */
@Startup
@ApplicationScoped
public class Reviews {
    private static final String GIVEN = "vedette_transaction_feedback_total";

    private final ReviewStore store;
    private final ReviewConfig config;
    private final Audit audit;
    private final InstantSource clock;
    private final MeterRegistry registry;

    Reviews(
            ReviewStore store,
            ReviewConfig config,
            Audit audit,
            InstantSource clock,
            MeterRegistry registry) {
        this.store = store;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
        this.registry = registry;
        for (Verdict verdict : Verdict.values()) {
            // there at zero, before the first
            registry.counter(GIVEN, "verdict", verdict.label());
        }
    }

    /** Notes what the caller says; fails with 404 when there is no such decided transaction. */
    public Uni<PaymentFeedback> give(
            Caller caller, String transaction, Verdict verdict, String comment) {
        PaymentFeedback feedback =
                new PaymentFeedback(
                        transaction, verdict, comment, caller.subject(), clock.instant());
        return store.add(caller.tenant().orElseThrow(), feedback)
                .map(isThere -> {
                    if (!isThere) {
                        throw missing(transaction);
                    }
                    registry.counter(GIVEN, "verdict", verdict.label()).increment();
                    audit.done(caller, "transaction.feedback." + verdict.label(), transaction);
                    return feedback;
                });
    }

    /** What was said of a transaction, newest first; fails with 404 when there is none. */
    public Uni<List<PaymentFeedback>> of(TenantId tenant, String transaction) {
        return store.of(tenant, transaction)
                .map(found -> found.orElseThrow(() -> missing(transaction)));
    }

    /** Decided transactions that wait for a person, newest first, after that place. */
    public Uni<List<StoredTransaction>> queue(
            TenantId tenant, Optional<TransactionQueries.Position> after, int limit) {
        return store.queue(
                tenant,
                config.sampleShare(),
                clock.instant().minus(config.queueAge()),
                after,
                limit);
    }

    /** How right each rule, each model and the sample were. */
    public Uni<List<Precision>> precision(TenantId tenant) {
        return store.precision(
                tenant,
                clock.instant().minus(config.precisionAge()),
                DecisionSettings.DEFAULT.review());
    }

    private static ProblemException missing(String transaction) {
        return ProblemException.notFound(
                "decided transaction", transaction.length() > 60 ? "…" : transaction);
    }
}
