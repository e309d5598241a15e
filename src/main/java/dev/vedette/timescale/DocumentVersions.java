package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A document of each tenant in numbered versions, all of which are kept: a table with {@code
 * tenant_id}, {@code version}, {@code body} (JSON), {@code author} and {@code created_at}.
 */
final class DocumentVersions {
    private static final int MOST = 1000;

    private final TenantTransaction tenants;
    private final String newest;
    private final String put;

    /** In that table. */
    DocumentVersions(TenantTransaction tenants, String table) {
        this.tenants = tenants;
        newest =
                """
                SELECT version, body, author, created_at FROM scoped.%s
                WHERE tenant_id = $1 ORDER BY version DESC LIMIT $2
                """
                        .formatted(table);
        put =
                """
                INSERT INTO scoped.%1$s (tenant_id, version, body, author, created_at)
                SELECT $1, $2 + 1, $3, $4, $5 WHERE $2 = coalesce(
                    (SELECT max(version) FROM scoped.%1$s WHERE tenant_id = $1), 0)
                ON CONFLICT DO NOTHING
                """
                        .formatted(table);
    }

    /** The newest version; empty before the first. */
    <T> Uni<Optional<T>> newest(TenantId tenant, Function<Row, T> reading) {
        return newest(tenant, 1, reading).map(rows -> rows.stream().findFirst());
    }

    /** The newest {@value #MOST} versions, newest first. */
    <T> Uni<List<T>> all(TenantId tenant, Function<Row, T> reading) {
        return newest(tenant, MOST, reading);
    }

    private <T> Uni<List<T>> newest(TenantId tenant, int most, Function<Row, T> reading) {
        return tenants.list(tenant, newest, Tuple.of(tenant.value(), most), reading);
    }

    /**
     * Stores the next version.
     *
     * @param expected the version it follows, 0 when it is the first
     * @param body a JSON object or array
     * @return whether it was: not when another version has come since
     */
    Uni<Boolean> put(TenantId tenant, int expected, Object body, String author, Instant at) {
        Tuple row = Tuple.of(tenant.value(), expected, body, author, Rows.parameter(at));
        return tenants.run(tenant, connection -> connection.preparedQuery(put).execute(row))
                .map(stored -> stored.rowCount() == 1);
    }
}
