package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.training.AlertVolume;
import dev.vedette.transaction.training.AlertVolumes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Volumes of alerts, counted from the newest decisions. */
@ApplicationScoped
class TimescaleAlertVolumes implements AlertVolumes {
    // Of a young partition the planner may not know yet that it is large: it would read and sort
    // all
    // of the tenant's month for its newest rows.
    private static final String NEWEST_BY_INDEX = "SET LOCAL enable_sort = off";
    private static final String VOLUMES =
            """
            SELECT m.version, count(*) AS decisions, count(*) FILTER (WHERE s.score >= $3) AS alerts
            FROM (
                SELECT parts, versions, decided_at FROM scoped.transaction
                WHERE tenant_id = $1 ORDER BY seq DESC LIMIT $2
            ) AS newest
            JOIN scoped.model_version m ON m.tenant_id = $1 AND m.name = 'decision'
                AND m.state IN ('promoted', 'shadow') AND newest.decided_at >= m.changed_at
            CROSS JOIN LATERAL (
                SELECT (parts ->> CASE (versions ->> 'model')::int
                    WHEN m.version THEN 'without_rules' ELSE 'shadow:' || m.version END)::float8
            ) AS s (score)
            WHERE s.score IS NOT NULL
            GROUP BY m.version
            """;
    private static final String UNWATCHED =
            """
            UPDATE model_version m SET watched_at = now() FROM (
                SELECT tenant_id, name, version FROM model_version
                WHERE state = 'promoted' AND (watched_at IS NULL
                    OR watched_at < now() - interval '1 millisecond' * ?)
                ORDER BY watched_at NULLS FIRST LIMIT ? FOR UPDATE SKIP LOCKED
            ) AS next
            WHERE m.tenant_id = next.tenant_id AND m.name = next.name AND m.version = next.version
            RETURNING m.tenant_id
            """;

    private final TenantTransaction tenants;
    private final WorkerTransaction workers;

    TimescaleAlertVolumes(TenantTransaction tenants, WorkerTransaction workers) {
        this.tenants = tenants;
        this.workers = workers;
    }

    @Override
    public Uni<Map<Integer, AlertVolume>> of(TenantId tenant, int newest, double review) {
        return tenants.run(
                        tenant,
                        connection ->
                                RoleTransaction.behind(
                                        connection.query(NEWEST_BY_INDEX).execute(),
                                        connection
                                                .preparedQuery(VOLUMES)
                                                .execute(Tuple.of(tenant.value(), newest, review)),
                                        (_, rows) -> rows))
                .map(rows -> {
                    Map<Integer, AlertVolume> volumes = new TreeMap<>();
                    rows.forEach(row ->
                            volumes.put(
                                    row.getInteger("version"),
                                    new AlertVolume(
                                            row.getLong("decisions"), row.getLong("alerts"))));
                    return volumes;
                });
    }

    @Override
    public List<TenantId> unwatched(Duration since, int most) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(UNWATCHED)) {
                new Binder(statement).set(since.toMillis(), most);
                List<TenantId> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(new TenantId(row.getString(1)));
                    }
                }
                return found;
            }
        });
    }
}
