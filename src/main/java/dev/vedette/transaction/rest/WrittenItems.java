package dev.vedette.transaction.rest;

import dev.vedette.http.Problem;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.Handled;
import dev.vedette.transaction.intake.Refused;
import dev.vedette.transaction.intake.TransactionIntake.Result;
import dev.vedette.transaction.rest.TransactionJson.DecisionJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of items that were sent, as the API says it. */
@ApplicationScoped
class WrittenItems {
    private final AwaitedDecisions awaited;

    WrittenItems(AwaitedDecisions awaited) {
        this.awaited = awaited;
    }

    /**
     * One for each result, in their order.
     *
     * @param decide whether the decisions are told, and waited for a moment
     */
    Uni<List<TransactionJson.Item>> of(TenantId tenant, List<Result> results, boolean decide) {
        if (!decide || results.stream().allMatch(WrittenItems::isReady)) {
            List<TransactionJson.Item> items = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                items.add(item(i, results.get(i), decide));
            }
            return Uni.createFrom().item(items);
        }
        return Multi.createFrom()
                .range(0, results.size())
                .onItem()
                .transformToUniAndConcatenate(
                        i -> awaited.of(tenant, results.get(i)).map(one -> item(i, one, true)))
                .collect()
                .asList();
    }

    private static boolean isReady(Result result) {
        return !(result instanceof Result.Taken(Handled handled)) || handled.decision().isPresent();
    }

    private static TransactionJson.Item item(int place, Result result, boolean decide) {
        return switch (result) {
            case Result.Taken(Handled handled) ->
                    new TransactionJson.Item(
                            Optional.of(handled.received().transaction().id()),
                            handled.isDuplicate() ? "duplicate" : "accepted",
                            decide ? handled.decision().map(DecisionJson::of) : Optional.empty(),
                            List.of());
            case Result.Rejected(Refused why) ->
                    new TransactionJson.Item(
                            Optional.empty(),
                            "refused",
                            Optional.empty(),
                            List.of(
                                    new Problem.Violation(
                                            "/transactions/" + place + why.pointer(),
                                            why.code(),
                                            why.detail(),
                                            why.fix())));
        };
    }
}
