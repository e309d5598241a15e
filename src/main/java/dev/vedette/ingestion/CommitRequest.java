package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Points waiting for a group commit, and who waits for it.
 *
 * @param tenant whose they are
 * @param runs where each series' points stand in the columns
 * @param epochMillis columns of all runs; not modified
 * @param values the same
 * @param points how many points the runs have together
 * @param weight the tenant's share of the queue against the others', above 0
 * @param trace the request's span where it is recorded; the points go on under it
 * @param done completes once they are durable
 */
@SuppressWarnings("ArrayRecordComponent") // columns are the point of this type; never compared
record CommitRequest(
        TenantId tenant,
        List<Run> runs,
        long[] epochMillis,
        double[] values,
        int points,
        double weight,
        Optional<SpanContext> trace,
        CompletableFuture<Void> done) {
    private static final int BYTES_PER_POINT = 16;
    private static final int BYTES_PER_RUN = 64;

    /**
     * One series' points.
     *
     * @param series which
     * @param start index of the first point in the columns
     * @param end index just after the last
     */
    record Run(Series series, int start, int end) {
        int size() {
            return end - start;
        }
    }

    static CommitRequest of(
            TenantId tenant, List<Run> runs, long[] epochMillis, double[] values, double weight) {
        int points = runs.stream().mapToInt(Run::size).sum();
        return new CommitRequest(
                tenant,
                runs,
                epochMillis,
                values,
                points,
                weight,
                Optional.empty(),
                new CompletableFuture<>());
    }

    /** The same, its trace going on at that place. */
    CommitRequest under(Optional<SpanContext> place) {
        return place.isEmpty()
                ? this
                : new CommitRequest(tenant, runs, epochMillis, values, points, weight, place, done);
    }

    /** About how much memory it holds on to. */
    long bytes() {
        return (long) BYTES_PER_POINT * epochMillis.length + (long) BYTES_PER_RUN * runs.size();
    }
}
