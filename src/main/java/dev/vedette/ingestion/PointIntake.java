package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.tracing.CurrentTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one way in for points, whatever protocol or source brought them: quota, admission, catalogue,
 * group commit. Thread-safe; never blocks.
 */
public class PointIntake {
    private static final String FETCHED = "fetched";

    private final Admission admission;
    private final Catalogue catalogue;
    private final GroupCommit groupCommit;
    private final PointQuota quota;
    private final TenantQuotas quotas;
    private final InstantSource clock;
    private final IngestionMetrics metrics;

    /** Of those parts. */
    public PointIntake(
            Admission admission,
            Catalogue catalogue,
            GroupCommit groupCommit,
            PointQuota quota,
            TenantQuotas quotas,
            InstantSource clock,
            IngestionMetrics metrics) {
        this.admission = admission;
        this.catalogue = catalogue;
        this.groupCommit = groupCommit;
        this.quota = quota;
        this.quotas = quotas;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Takes in a request of a tenant's own sender, within the tenant's points per second.
     *
     * @param tenant from the credential
     * @param batch the decoded request; handed over
     * @return what became of it, once its accepted points are durable; fails with {@link
     *     TooManyPointsException}, {@link IngestionBusyException} or {@link
     *     StorageUnavailableException}, and then nothing is known to be stored
     */
    public Uni<IntakeResult> take(TenantId tenant, IncomingBatch batch) {
        Optional<SpanContext> trace = trace(tenant, batch);
        return quotas.limitsOf(tenant)
                .chain(limits -> {
                    PointQuota.Allowance left = quota.take(tenant, batch.points().size(), limits);
                    return store(tenant, batch, limits, Optional.of(left), trace);
                })
                .onFailure()
                .invoke(this::count);
    }

    /**
     * Takes in what the service itself fetched for a tenant: as above, but outside the tenant's
     * points per second, since the fetching is paced already.
     */
    public Uni<IntakeResult> takeFetched(TenantId tenant, IncomingBatch batch) {
        Optional<SpanContext> trace = trace(tenant, batch);
        return quotas.limitsOf(tenant)
                .chain(limits -> store(tenant, batch, limits, Optional.empty(), trace))
                .invoke(result -> metrics.arrived(tenant, FETCHED, result));
    }

    /** Looked for at once: what follows may run on another request's thread. */
    private static Optional<SpanContext> trace(TenantId tenant, IncomingBatch batch) {
        Optional<Span> request = CurrentTrace.span();
        request.ifPresent(span ->
                span.setAttribute("vedette.tenant", tenant.value())
                        .setAttribute("vedette.points", batch.points().size()));
        return request.map(Span::getSpanContext);
    }

    /**
     * Takes points off the tenant's points per second.
     *
     * @return its limits; fails with {@link TooManyPointsException}
     */
    Uni<TenantLimits> allow(TenantId tenant, int points) {
        return quotas.limitsOf(tenant)
                .invoke(limits -> quota.take(tenant, points, limits))
                .onFailure()
                .invoke(this::count);
    }

    private void count(Throwable failure) {
        switch (failure) {
            case TooManyPointsException e ->
                    metrics.pushedBack(
                            e.allowance().isPresent()
                                    ? IngestionMetrics.PushBack.TENANT_RATE
                                    : IngestionMetrics.PushBack.TENANT_QUEUE);
            case IngestionBusyException _ -> metrics.pushedBack(IngestionMetrics.PushBack.QUEUE);
            default -> {}
        }
    }

    private Uni<IntakeResult> store(
            TenantId tenant,
            IncomingBatch batch,
            TenantLimits allowed,
            Optional<PointQuota.Allowance> left,
            Optional<SpanContext> trace) {
        return admit(tenant, batch, allowed)
                .call(admitted ->
                        admitted.request()
                                .map(request -> groupCommit.commit(request.under(trace)))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                .map(admitted -> result(admitted, left));
    }

    /**
     * What admission and the catalogue let through.
     *
     * @param batch what admission found
     * @param request what is to be stored; empty when nothing is left
     */
    record Admitted(AdmittedBatch batch, Optional<CommitRequest> request) {}

    /** Checks a request and finds its series; stores no point. */
    Uni<Admitted> admit(TenantId tenant, IncomingBatch batch, TenantLimits allowed) {
        AdmittedBatch admitted = admission.admit(tenant, batch, clock.instant());
        metrics.admitted(admitted);
        return catalogue
                .resolve(tenant, admitted.series(), allowed.maxSeries())
                .map(found ->
                        new Admitted(
                                admitted,
                                request(tenant, admitted, found, allowed.maxPointsPerSecond())));
    }

    private static Optional<CommitRequest> request(
            TenantId tenant, AdmittedBatch admitted, List<Optional<Series>> found, double weight) {
        List<CommitRequest.Run> runs = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            AdmittedSeries series = admitted.series().get(i);
            found.get(i)
                    .ifPresentOrElse(
                            known ->
                                    runs.add(
                                            new CommitRequest.Run(
                                                    known, series.start(), series.end())),
                            () -> refuseSeries(admitted.refusals(), series));
        }
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        CommitRequest.of(
                                tenant, runs, admitted.epochMillis(), admitted.values(), weight));
    }

    private static void refuseSeries(Refusals refusals, AdmittedSeries series) {
        refusals.add(
                series.size(),
                RefusalReason.TOO_MANY_SERIES,
                () ->
                        new Refusal(
                                series.sent().pointer(),
                                RefusalReason.TOO_MANY_SERIES,
                                "the tenant has as many series as it may"));
    }

    /** What becomes of the request once it is stored; counts its refusals. */
    IntakeResult result(Admitted admitted) {
        return result(admitted, Optional.empty());
    }

    private IntakeResult result(Admitted admitted, Optional<PointQuota.Allowance> left) {
        Refusals refusals = admitted.batch().refusals();
        int stored = admitted.request().map(CommitRequest::points).orElse(0);
        metrics.rejected(refusals.points());
        return new IntakeResult(
                stored + admitted.batch().duplicates(),
                refusals.total(),
                admitted.batch().duplicates(),
                admitted.batch().gaps(),
                refusals.told(),
                refusals.untold(),
                Map.copyOf(refusals.points()),
                left);
    }
}
