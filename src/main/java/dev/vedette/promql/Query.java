package dev.vedette.promql;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Answers queries: reads what they need, then computes off the event loop. */
@ApplicationScoped
public class Query {
    private final SelectedSamples samples;

    Query(SelectedSamples samples) {
        this.samples = samples;
    }

    /**
     * The worth of an expression at each step.
     *
     * @param expression no range selector as a whole
     * @return fails with {@link PromQlException} and {@link
     *     dev.vedette.ingestion.StorageUnavailableException}
     */
    public Uni<Answer> answer(TenantId tenant, Expression expression, Steps steps) {
        return samples.read(tenant, Evaluator.selectors(expression), steps)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(read -> new Evaluator(steps, read).answer(expression));
    }

    /** The samples of a range selector at one moment; series without any left out. */
    public Uni<List<Samples>> samples(TenantId tenant, Selector selector, Steps moment) {
        return samples.read(tenant, List.of(selector), moment)
                .map(read ->
                        read.getOrDefault(selector, List.of()).stream()
                                .map(Samples::present)
                                .map(one -> within(one, selector, moment.start()))
                                .filter(one -> one.times().length > 0)
                                .toList());
    }

    // reading is by whole buckets, and its start inclusive
    private static Samples within(Samples one, Selector selector, long moment) {
        long end = moment - selector.offset().toMillis();
        long start = end - selector.range().toMillis();
        int[] kept =
                java.util.stream.IntStream.range(0, one.times().length)
                        .filter(i -> one.times()[i] > start && one.times()[i] <= end)
                        .toArray();
        return one.only(kept);
    }
}
