package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.intake.Schemas;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.CompiledRule;
import dev.vedette.transaction.rule.RuleTrace.Answer;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/** Tries rules on decided transactions, page by page, few at a time. */
@ApplicationScoped
public class RuleBacktests {
    private static final int PAGE = 1_000;
    private static final int PAGES = 20;
    private static final int EXAMPLES = 10;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TransactionQueries queries;
    private final Schemas schemas;
    private final ExecutorService virtualThreads;
    private final Semaphore places = new Semaphore(AT_ONCE);

    RuleBacktests(
            TransactionQueries queries,
            Schemas schemas,
            @VirtualThreads ExecutorService virtualThreads) {
        this.queries = queries;
        this.schemas = schemas;
        this.virtualThreads = virtualThreads;
    }

    /**
     * Tries the rule on the newest transactions of a range, with the features as they were then.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public Uni<RuleBacktest> run(TenantId tenant, CompiledRule rule, Instant from, Instant to) {
        return schemas.of(tenant)
                .emitOn(virtualThreads)
                .map(schema -> run(tenant, new Count(rule, schema), from, to));
    }

    private RuleBacktest run(TenantId tenant, Count count, Instant from, Instant to) {
        places.acquireUninterruptibly();
        try {
            TransactionQueries.Filter filter = range(from, to);
            Optional<TransactionQueries.Position> after = Optional.empty();
            for (int page = 0; page < PAGES; page++) {
                List<StoredTransaction> rows =
                        queries.list(tenant, filter, after, PAGE).await().atMost(PATIENCE);
                rows.forEach(count::add);
                if (rows.size() < PAGE) {
                    return count.result(true);
                }
                var last = rows.getLast().received().transaction();
                after = Optional.of(new TransactionQueries.Position(last.time(), last.id()));
            }
            return count.result(false);
        } finally {
            places.release();
        }
    }

    private static TransactionQueries.Filter range(Instant from, Instant to) {
        return new TransactionQueries.Filter(
                Optional.of(from),
                Optional.of(to),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** Counts what the rule would have done. */
    private static final class Count {
        private final CompiledRule rule;
        private final TransactionSchema schema;
        private final List<StoredTransaction> examples = new ArrayList<>();
        private long evaluated;
        private long fired;
        private long caught;
        private long missed;
        private long unknown;

        Count(CompiledRule rule, TransactionSchema schema) {
            this.rule = rule;
            this.schema = schema;
        }

        void add(StoredTransaction stored) {
            Answer answer = rule.answer(FactSheet.of(stored.received(), schema, stored.features()));
            boolean isFlagged = stored.decision().outcome() != Outcome.APPROVE;
            evaluated++;
            switch (answer) {
                case TRUE -> {
                    fired++;
                    caught += isFlagged ? 1 : 0;
                    if (examples.size() < EXAMPLES) {
                        examples.add(stored);
                    }
                }
                case FALSE -> missed += isFlagged ? 1 : 0;
                case UNKNOWN -> unknown++;
            }
        }

        RuleBacktest result(boolean isComplete) {
            return new RuleBacktest(
                    evaluated,
                    isComplete,
                    fired,
                    caught,
                    fired - caught,
                    missed,
                    unknown,
                    List.copyOf(examples));
        }
    }
}
