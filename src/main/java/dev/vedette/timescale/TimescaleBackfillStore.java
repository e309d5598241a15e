package dev.vedette.timescale;

import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillStore;
import dev.vedette.series.Labels;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backfills of a tenant in {@code scoped.backfill_job}. */
@ApplicationScoped
class TimescaleBackfillStore implements BackfillStore {
    // So that two requests at once cannot both be the last one allowed.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 7306075))";
    private static final String ACTIVE =
            "SELECT count(*) FROM scoped.backfill_job"
                    + " WHERE tenant_id = $1 AND state IN ('queued', 'running')";
    private static final String INSERT =
            "INSERT INTO scoped.backfill_job"
                    + " SELECT * FROM jsonb_populate_record(NULL::scoped.backfill_job, $1)"
                    + " ON CONFLICT (tenant_id, id) DO NOTHING";
    private static final String FIND =
            "SELECT to_jsonb(b) FROM scoped.backfill_job b WHERE tenant_id = $1 AND id = $2";
    private static final String CANCEL =
            """
            UPDATE scoped.backfill_job SET state = 'cancelled', ended_at = now(), owner = NULL
            WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')
            """;
    private static final String RESUME =
            """
            UPDATE scoped.backfill_job SET state = 'queued', ended_at = NULL, failure = NULL
            WHERE tenant_id = $1 AND id = $2 AND state IN ('cancelled', 'failed')
            """;
    private static final String COUNT =
            """
            SELECT count(*) FROM scoped.series WHERE tenant_id = $1
            AND ($2::text IS NULL OR cluster_id = $2) AND ($3::text IS NULL OR node_id = $3)
            AND ($4::text IS NULL OR metric_name = $4) AND labels @> $5
            """;

    private final TenantTransaction tenants;

    TimescaleBackfillStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Optional<Backfill>> create(Backfill backfill, int mostActive) {
        Tuple tenant = Tuple.of(backfill.tenant().value());
        return tenants.run(
                backfill.tenant(),
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(tenant)
                                .chain(() -> connection.preparedQuery(ACTIVE).execute(tenant))
                                .map(rows -> rows.iterator().next().getLong(0))
                                .chain(active ->
                                        active >= mostActive
                                                ? Uni.createFrom().item(Optional.empty())
                                                : insert(connection, backfill)));
    }

    private static Uni<Optional<Backfill>> insert(SqlConnection connection, Backfill backfill) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(BackfillRows.json(backfill)))
                .chain(() -> find(connection, backfill.tenant(), backfill.id()));
    }

    @Override
    public Uni<Optional<Backfill>> find(TenantId tenant, UUID id) {
        return tenants.run(tenant, connection -> find(connection, tenant, id));
    }

    private static Uni<Optional<Backfill>> find(
            SqlConnection connection, TenantId tenant, UUID id) {
        return connection
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant.value(), id))
                .map(TimescaleBackfillStore::backfills)
                .map(found -> found.stream().findFirst());
    }

    @Override
    public Uni<List<Backfill>> list(TenantId tenant, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        after.ifPresent(position ->
                where.add(
                        "(created_at, id) < (?, ?)",
                        Rows.parameter(position.createdAt()),
                        position.id()));
        String query =
                "SELECT to_jsonb(b) FROM scoped.backfill_job b WHERE "
                        + where.clauses()
                        + " ORDER BY created_at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(where.parameters())
                                .map(TimescaleBackfillStore::backfills));
    }

    @Override
    public Uni<Optional<Backfill>> cancel(TenantId tenant, UUID id) {
        return change(CANCEL, tenant, id);
    }

    @Override
    public Uni<Optional<Backfill>> resume(TenantId tenant, UUID id) {
        return change(RESUME, tenant, id);
    }

    private Uni<Optional<Backfill>> change(String statement, TenantId tenant, UUID id) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(statement)
                                .execute(Tuple.of(tenant.value(), id))
                                .chain(() -> find(connection, tenant, id)));
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

    private static List<Backfill> backfills(RowSet<Row> rows) {
        return Rows.all(rows, row -> BackfillRows.of(row.getJsonObject(0)));
    }
}
