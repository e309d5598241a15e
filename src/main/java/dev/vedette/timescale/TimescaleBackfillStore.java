package dev.vedette.timescale;

import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillStore;
import dev.vedette.scheduling.JobPosition;
import dev.vedette.series.Labels;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backfills of a tenant in {@code scoped.backfill_job}. */
@ApplicationScoped
class TimescaleBackfillStore implements BackfillStore {
    private static final String INSERT =
            "INSERT INTO scoped.backfill_job"
                    + " SELECT * FROM jsonb_populate_record(NULL::scoped.backfill_job, $1)"
                    + " ON CONFLICT (tenant_id, id) DO NOTHING";
    private static final String COUNT =
            """
            SELECT count(*) FROM scoped.series WHERE tenant_id = $1
            AND ($2::text IS NULL OR cluster_id = $2) AND ($3::text IS NULL OR node_id = $3)
            AND ($4::text IS NULL OR metric_name = $4) AND labels @> $5
            """;

    private final TenantTransaction tenants;
    private final JobTable<Backfill> jobs;

    TimescaleBackfillStore(TenantTransaction tenants) {
        this.tenants = tenants;
        this.jobs = new JobTable<>(tenants, "backfill_job", BackfillRows::of);
    }

    @Override
    public Uni<Optional<Backfill>> create(Backfill backfill, int mostActive) {
        return jobs.create(
                backfill.tenant(),
                backfill.id(),
                mostActive,
                connection ->
                        connection
                                .preparedQuery(INSERT)
                                .execute(Tuple.of(BackfillRows.json(backfill))));
    }

    @Override
    public Uni<Optional<Backfill>> find(TenantId tenant, UUID id) {
        return jobs.find(tenant, id);
    }

    @Override
    public Uni<List<Backfill>> list(TenantId tenant, Optional<JobPosition> after, int limit) {
        return jobs.list(tenant, after, limit);
    }

    @Override
    public Uni<Optional<Backfill>> cancel(TenantId tenant, UUID id) {
        return jobs.cancel(tenant, id);
    }

    @Override
    public Uni<Optional<Backfill>> resume(TenantId tenant, UUID id) {
        return jobs.resume(tenant, id);
    }

    @Override
    public Uni<Long> countSeries(TenantId tenant, Backfill.Request request) {
        Tuple parameters =
                Tuple.tuple()
                        .addValue(tenant.value())
                        .addValue(request.filter().clusterId().orElse(null))
                        .addValue(request.filter().nodeId().orElse(null))
                        .addValue(request.filter().metricName().orElse(null))
                        .addValue(SeriesRows.json(Labels.of(request.filter().labels())));
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(COUNT)
                                .execute(parameters)
                                .map(rows -> rows.iterator().next().getLong(0)));
    }
}
