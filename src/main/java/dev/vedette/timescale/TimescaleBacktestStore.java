package dev.vedette.timescale;

import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.BacktestStore;
import dev.vedette.scheduling.JobPosition;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backtests of a tenant in {@code scoped.backtest_job} and {@code scoped.backtest_series}. */
@ApplicationScoped
class TimescaleBacktestStore implements BacktestStore {
    private static final String INSERT =
            """
            INSERT INTO scoped.backtest_job (tenant_id, id, state, rule, range_from, range_to,
                series_ids, created_by, created_at)
            VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8)
            """;
    private static final String FOUND =
            """
            SELECT s.tenant_id, s.series_id, s.cluster_id, s.node_id, s.metric_name, s.labels,
                s.unit, s.shard, b.found
            FROM scoped.backtest_series b JOIN scoped.series s USING (tenant_id, series_id)
            WHERE b.tenant_id = $1 AND b.backtest_id = $2 ORDER BY s.series_id
            """;

    private final TenantTransaction tenants;
    private final JobTable<BacktestRun> jobs;

    TimescaleBacktestStore(TenantTransaction tenants) {
        this.tenants = tenants;
        this.jobs = new JobTable<>(tenants, "backtest_job", BacktestRows::of);
    }

    @Override
    public Uni<Boolean> create(BacktestRun run, List<SeriesId> series, int mostActive) {
        Tuple row =
                Tuple.tuple()
                        .addString(run.tenant().value())
                        .addUUID(run.id())
                        .addJsonObject(BacktestRows.json(run.draft()))
                        .addOffsetDateTime(Rows.parameter(run.range().from()))
                        .addOffsetDateTime(Rows.parameter(run.range().to()))
                        .addArrayOfLong(series.stream().map(SeriesId::value).toArray(Long[]::new))
                        .addString(run.createdBy())
                        .addOffsetDateTime(Rows.parameter(run.createdAt()));
        return jobs.create(
                        run.tenant(),
                        run.id(),
                        mostActive,
                        connection -> connection.preparedQuery(INSERT).execute(row))
                .map(Optional::isPresent);
    }

    @Override
    public Uni<Optional<BacktestRun>> find(TenantId tenant, UUID id) {
        return jobs.find(tenant, id);
    }

    @Override
    public Uni<List<BacktestRun>> list(TenantId tenant, Optional<JobPosition> after, int limit) {
        return jobs.list(tenant, after, limit);
    }

    @Override
    public Uni<List<Backtest.OfSeries>> found(TenantId tenant, UUID id) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(FOUND)
                                .execute(Tuple.of(tenant.value(), id))
                                .map(rows ->
                                        Rows.all(
                                                rows,
                                                row ->
                                                        BacktestRows.found(
                                                                SeriesRows.series(row),
                                                                row.getJsonObject(8)))));
    }

    @Override
    public Uni<Optional<BacktestRun>> cancel(TenantId tenant, UUID id) {
        return jobs.cancel(tenant, id);
    }
}
