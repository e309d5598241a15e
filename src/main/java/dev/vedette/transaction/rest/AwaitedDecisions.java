package dev.vedette.transaction.rest;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.intake.Handled;
import dev.vedette.transaction.intake.TransactionIntake.Result;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Waits a moment for decisions that another process makes, or made before. */
@ApplicationScoped
class AwaitedDecisions {
    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TransactionQueries queries;

    AwaitedDecisions(TransactionQueries queries) {
        this.queries = queries;
    }

    private static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotYet() {
            super("not decided yet", null, false, false);
        }
    }

    /** The same result, with the decision if it is made in time. */
    Uni<Result> of(TenantId tenant, Result result) {
        if (!(result instanceof Result.Taken(Handled handled)) || handled.decision().isPresent()) {
            return Uni.createFrom().item(result);
        }
        return decision(tenant, handled.received().transaction().id())
                .map(found ->
                        new Result.Taken(
                                new Handled(handled.received(), handled.isDuplicate(), found)));
    }

    private Uni<Optional<Decision>> decision(TenantId tenant, String id) {
        return Uni.createFrom()
                .deferred(() -> queries.find(tenant, id))
                .map(found -> found.map(StoredTransaction::decision))
                .onItem()
                .transform(found -> Optional.of(found.orElseThrow(NotYet::new)))
                .onFailure(NotYet.class)
                .retry()
                .withBackOff(FIRST, LONGEST)
                .expireIn(PATIENCE.toMillis())
                .onFailure()
                .recoverWithItem(Optional.empty());
    }
}
