package dev.vedette.timescale;

import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.BacktestStore;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backtests of a tenant in {@code scoped.backtest_job} and {@code scoped.backtest_series}. */
@ApplicationScoped
class TimescaleBacktestStore implements BacktestStore {
    // So that two requests at once cannot both be the last one allowed.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 7306076))";
    private static final String ACTIVE =
            "SELECT count(*) FROM scoped.backtest_job"
                    + " WHERE tenant_id = $1 AND state IN ('queued', 'running')";
    private static final String INSERT =
            """
            INSERT INTO scoped.backtest_job (tenant_id, id, state, rule, range_from, range_to,
                series_ids, created_by, created_at)
            VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8)
            """;
    private static final String FIND =
            "SELECT to_jsonb(b) FROM scoped.backtest_job b WHERE tenant_id = $1 AND id = $2";
    private static final String FOUND =
            """
            SELECT s.tenant_id, s.series_id, s.cluster_id, s.node_id, s.metric_name, s.labels,
                s.unit, s.shard, b.found
            FROM scoped.backtest_series b JOIN scoped.series s USING (tenant_id, series_id)
            WHERE b.tenant_id = $1 AND b.backtest_id = $2 ORDER BY s.series_id
            """;
    private static final String CANCEL =
            """
            UPDATE scoped.backtest_job SET state = 'cancelled', ended_at = now(), owner = NULL
            WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')
            """;

    private final TenantTransaction tenants;

    TimescaleBacktestStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Boolean> create(BacktestRun run, List<SeriesId> series, int mostActive) {
        Tuple tenant = Tuple.of(run.tenant().value());
        return tenants.run(
                run.tenant(),
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(tenant)
                                .chain(() -> connection.preparedQuery(ACTIVE).execute(tenant))
                                .map(rows -> rows.iterator().next().getLong(0))
                                .chain(active ->
                                        active >= mostActive
                                                ? Uni.createFrom().item(false)
                                                : insert(connection, run, series)));
    }

    private static Uni<Boolean> insert(
            SqlConnection connection, BacktestRun run, List<SeriesId> series) {
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
        return connection.preparedQuery(INSERT).execute(row).replaceWith(true);
    }

    @Override
    public Uni<Optional<BacktestRun>> find(TenantId tenant, UUID id) {
        return tenants.run(tenant, connection -> find(connection, tenant, id));
    }

    private static Uni<Optional<BacktestRun>> find(
            SqlConnection connection, TenantId tenant, UUID id) {
        return connection
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant.value(), id))
                .map(rows -> Rows.first(rows, row -> BacktestRows.of(row.getJsonObject(0))));
    }

    @Override
    public Uni<List<BacktestRun>> list(TenantId tenant, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        after.ifPresent(position ->
                where.add(
                        "(created_at, id) < (?, ?)",
                        Rows.parameter(position.createdAt()),
                        position.id()));
        String query =
                "SELECT to_jsonb(b) FROM scoped.backtest_job b WHERE "
                        + where.clauses()
                        + " ORDER BY created_at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(where.parameters())
                                .map(rows ->
                                        Rows.all(
                                                rows,
                                                row -> BacktestRows.of(row.getJsonObject(0)))));
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
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(CANCEL)
                                .execute(Tuple.of(tenant.value(), id))
                                .chain(() -> find(connection, tenant, id)));
    }
}
