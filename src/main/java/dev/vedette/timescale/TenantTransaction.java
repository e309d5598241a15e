package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way of a request to the database: one transaction, as the role {@code vedette_request}, for
 * one tenant. That role sees nothing but the views of the schema {@code scoped} ({@code
 * scoped.anomaly}, {@code scoped.series}, …), and these show that tenant's rows only. Statements
 * state the tenant as well: the planner then uses the keys, and a forgotten predicate is a bug that
 * the database covers, not one that it excuses.
 *
 * <pre>{@code
 * tenants.run(tenant, connection ->
 *         connection.preparedQuery("SELECT … FROM scoped.anomaly WHERE tenant_id = $1 AND id = $2")
 *                 .execute(Tuple.of(tenant.value(), id))
 *                 .map(rows -> …));
 * }</pre>
 */
@ApplicationScoped
public class TenantTransaction {
    private static final String ROLE =
            "SELECT set_config('role', 'vedette_request', true),"
                    + " set_config('app.tenant_id', $1, true)";

    private final Pool pool;

    TenantTransaction(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs the work in a transaction; commits when its Uni completes, rolls back when it fails.
     *
     * @param work must compose everything it starts: a statement nobody waits for is not part of
     *     the transaction
     * @return the work's result, once committed; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached
     */
    public <T> Uni<T> run(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
        return RoleTransaction.run(
                pool,
                connection -> connection.preparedQuery(ROLE).execute(Tuple.of(tenant.value())),
                work);
    }

    /**
     * Runs one query in a transaction of its own and reads its rows, in their order.
     *
     * @param read makes an item of a row
     */
    <T> Uni<List<T>> list(TenantId tenant, String query, Tuple parameters, Function<Row, T> read) {
        return run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(parameters)
                                .map(rows -> Rows.all(rows, read)));
    }

    /** The same of a query that gives one row at most. */
    <T> Uni<Optional<T>> find(
            TenantId tenant, String query, Tuple parameters, Function<Row, T> read) {
        return list(tenant, query, parameters, read).map(rows -> rows.stream().findFirst());
    }

    /**
     * Runs one statement of such a transaction as the worker instead, which may read what is no
     * single tenant's, and goes back: two round trips less than a transaction of its own.
     */
    static <T> Uni<T> asWorker(SqlConnection connection, Uni<T> statement) {
        return RoleTransaction.behind(
                RoleTransaction.behind(
                        connection.query("SET LOCAL ROLE vedette_worker").execute(),
                        statement,
                        (_, answer) -> answer),
                connection.query("SET LOCAL ROLE vedette_request").execute(),
                (answer, _) -> answer);
    }
}
