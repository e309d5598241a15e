package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
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
        return quotas.limitsOf(tenant)
                .chain(limits -> {
                    PointQuota.Allowance left = quota.take(tenant, batch.points().size(), limits);
                    return store(tenant, batch, limits, Optional.of(left));
                });
    }

    /**
     * Takes in what the service itself fetched for a tenant: as above, but outside the tenant's
     * points per second, since the fetching is paced already.
     */
    public Uni<IntakeResult> takeFetched(TenantId tenant, IncomingBatch batch) {
        return quotas.limitsOf(tenant)
                .chain(limits -> store(tenant, batch, limits, Optional.empty()));
    }

    private Uni<IntakeResult> store(
            TenantId tenant,
            IncomingBatch batch,
            TenantLimits allowed,
            Optional<PointQuota.Allowance> left) {
        AdmittedBatch admitted = admission.admit(tenant, batch, clock.instant());
        metrics.admitted(admitted);
        return catalogue
                .resolve(tenant, admitted.series(), allowed.maxSeries())
                .chain(found -> commit(tenant, admitted, found))
                .map(accepted -> result(admitted, accepted, left));
    }

    private Uni<Integer> commit(
            TenantId tenant, AdmittedBatch admitted, List<Optional<Series>> found) {
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
        if (runs.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        CommitRequest request =
                CommitRequest.of(tenant, runs, admitted.epochMillis(), admitted.values());
        return groupCommit.commit(request).replaceWith(request.points());
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

    private IntakeResult result(
            AdmittedBatch admitted, int stored, Optional<PointQuota.Allowance> left) {
        Refusals refusals = admitted.refusals();
        metrics.rejected(refusals.points());
        return new IntakeResult(
                stored + admitted.duplicates(),
                refusals.total(),
                admitted.duplicates(),
                admitted.gaps(),
                refusals.told(),
                refusals.untold(),
                Map.copyOf(refusals.points()),
                left);
    }
}
