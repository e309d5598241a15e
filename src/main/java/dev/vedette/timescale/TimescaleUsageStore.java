package dev.vedette.timescale;

import dev.vedette.http.TenantUsage;
import dev.vedette.http.UsageStore;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts rows of the last day, each kind by the index or partition of its time. */
@ApplicationScoped
public class TimescaleUsageStore implements UsageStore {
    // 80 bytes: a row's header and its other columns. A block is of four hours. Of the columns of
    // values it has one, and offsets only where points are not evenly spaced.
    private static final String USAGE =
            """
            WITH block AS (
                SELECT coalesce(sum(points), 0)::bigint AS points,
                    coalesce(sum(80
                        + coalesce(pg_column_size(packed_values), pg_column_size("values"),
                            pg_column_size(narrow), pg_column_size(wide))
                        + coalesce(pg_column_size(packed_offsets), pg_column_size(offsets), 0)), 0)::bigint
                        AS bytes
                FROM scoped.point_block
                WHERE tenant_id = $1 AND bucket > now() - interval '24 hours'
            )
            SELECT
                (SELECT coalesce(sum(series), 0)::bigint FROM scoped.series_count
                    WHERE tenant_id = $1) AS series,
                block.points, block.bytes,
                (SELECT count(*) FROM scoped.anomaly
                    WHERE tenant_id = $1 AND window_start > now() - interval '24 hours') AS anomalies,
                (SELECT count(*) FROM scoped.incident
                    WHERE tenant_id = $1 AND open > 0 AND merged_into IS NULL) AS incidents,
                (SELECT count(*) FROM scoped.alert_delivery
                    WHERE tenant_id = $1 AND state = 'delivered'
                        AND answered_at > now() - interval '24 hours') AS messages
            FROM block
            """;

    private final TenantTransaction tenants;

    TimescaleUsageStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<TenantUsage> of(TenantId tenant) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(USAGE)
                                .execute(Tuple.of(tenant.value()))
                                .map(rows -> usage(rows.iterator().next())));
    }

    private static TenantUsage usage(Row row) {
        return new TenantUsage(
                row.getLong("series"),
                row.getLong("points"),
                row.getLong("bytes"),
                row.getLong("anomalies"),
                row.getLong("incidents"),
                row.getLong("messages"));
    }
}
