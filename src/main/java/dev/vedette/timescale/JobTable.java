package dev.vedette.timescale;

import dev.vedette.scheduling.JobPosition;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A tenant's jobs in a table: what all of them can be asked. The table has the columns {@code
 * tenant_id}, {@code id}, {@code state} ({@link dev.vedette.scheduling.JobState#label()}), {@code
 * created_at}, {@code ended_at} and {@code owner}; workers go through {@link JobLeases}.
 *
 * @param <T> a job
 */
final class JobTable<T> {
    // So that two requests at once cannot both be the last one allowed.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 7306075))";

    private final TenantTransaction tenants;
    private final String table;
    private final Function<JsonObject, T> reader;

    /**
     * A table of jobs.
     *
     * @param table its name, without a schema
     * @param reader a job of its row as JSON
     */
    JobTable(TenantTransaction tenants, String table, Function<JsonObject, T> reader) {
        this.tenants = tenants;
        this.table = table;
        this.reader = reader;
    }

    /**
     * Inserts unless the tenant has that many queued or running jobs already.
     *
     * @param insert stores the job
     * @return the job as stored; empty, and nothing is stored, when there is no room
     */
    Uni<Optional<T>> create(
            TenantId tenant, UUID id, int mostActive, Function<SqlConnection, Uni<?>> insert) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(table, tenant.value()))
                                .chain(() -> active(connection, tenant))
                                .chain(active ->
                                        active >= mostActive
                                                ? Uni.createFrom().item(Optional.empty())
                                                : insert.apply(connection)
                                                        .chain(() ->
                                                                find(connection, tenant, id))));
    }

    private Uni<Long> active(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery(
                        "SELECT count(*) FROM scoped."
                                + table
                                + " WHERE tenant_id = $1 AND state IN ('queued', 'running')")
                .execute(Tuple.of(tenant.value()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The tenant's job of that id. */
    Uni<Optional<T>> find(TenantId tenant, UUID id) {
        return tenants.run(tenant, connection -> find(connection, tenant, id));
    }

    private Uni<Optional<T>> find(SqlConnection connection, TenantId tenant, UUID id) {
        return connection
                .preparedQuery(
                        "SELECT to_jsonb(j) FROM scoped."
                                + table
                                + " j WHERE tenant_id = $1 AND id = $2")
                .execute(Tuple.of(tenant.value(), id))
                .map(rows -> jobs(rows).stream().findFirst());
    }

    /**
     * The tenant's jobs, newest first.
     *
     * @param after only those behind it
     * @param limit 1 or more
     */
    Uni<List<T>> list(TenantId tenant, Optional<JobPosition> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        after.ifPresent(
                position -> where.addBehind("created_at, id", position.createdAt(), position.id()));
        String query =
                "SELECT to_jsonb(j) FROM scoped."
                        + table
                        + " j WHERE "
                        + where.clauses()
                        + " ORDER BY created_at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(where.parameters())
                                .map(this::jobs));
    }

    /**
     * Cancels a queued or running one.
     *
     * @return as it stands now; unchanged when it had ended; empty when there is none of that id
     */
    Uni<Optional<T>> cancel(TenantId tenant, UUID id) {
        return change(
                tenant,
                id,
                "state = 'cancelled', ended_at = now(), owner = NULL",
                "state IN ('queued', 'running')");
    }

    /**
     * Queues a cancelled or failed one again.
     *
     * @return as it stands now; unchanged when it was neither; empty when there is none of that id
     */
    Uni<Optional<T>> resume(TenantId tenant, UUID id) {
        return change(
                tenant,
                id,
                "state = 'queued', ended_at = NULL, failure = NULL",
                "state IN ('cancelled', 'failed')");
    }

    private Uni<Optional<T>> change(TenantId tenant, UUID id, String to, String from) {
        String update =
                "UPDATE scoped."
                        + table
                        + " SET "
                        + to
                        + " WHERE tenant_id = $1 AND id = $2 AND "
                        + from;
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(update)
                                .execute(Tuple.of(tenant.value(), id))
                                .chain(() -> find(connection, tenant, id)));
    }

    private List<T> jobs(RowSet<Row> rows) {
        return Rows.all(rows, row -> reader.apply(row.getJsonObject(0)));
    }
}
