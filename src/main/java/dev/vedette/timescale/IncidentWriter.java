package dev.vedette.timescale;

import dev.vedette.incident.IncidentStore;
import dev.vedette.incident.IncidentSummary;
import dev.vedette.incident.Regrouping;
import dev.vedette.incident.SuspectedOrigin;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes what became of incidents. What people did with them stays, but for what began anew. */
final class IncidentWriter {
    /** One that was over and goes on again, or grew after a person ended it, asks again. */
    private static final String UPSERT =
            """
            INSERT INTO incident AS i (tenant_id, id, title, severity, score, origin_cluster,
                origin_node, origin_metric, origin_since, origin_weight, started_at, last_at, nodes,
                metrics, anomalies, open)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, id) DO UPDATE SET
                title = excluded.title, severity = excluded.severity, score = excluded.score,
                origin_cluster = excluded.origin_cluster, origin_node = excluded.origin_node,
                origin_metric = excluded.origin_metric, origin_since = excluded.origin_since,
                origin_weight = excluded.origin_weight, started_at = excluded.started_at,
                last_at = excluded.last_at, nodes = excluded.nodes, metrics = excluded.metrics,
                anomalies = excluded.anomalies, open = excluded.open,
                acknowledged_at = CASE WHEN i.open = 0 AND excluded.open > 0 THEN NULL
                    ELSE i.acknowledged_at END,
                acknowledged_by = CASE WHEN i.open = 0 AND excluded.open > 0 THEN NULL
                    ELSE i.acknowledged_by END,
                resolved_at = CASE WHEN excluded.anomalies > i.anomalies THEN NULL
                    ELSE i.resolved_at END,
                resolved_by = CASE WHEN excluded.anomalies > i.anomalies THEN NULL
                    ELSE i.resolved_by END,
                merged_into = NULL, withdrawn_at = NULL,
                version = i.version + 1, changed_at = now()
            WHERE (i.title, i.severity, i.score, i.origin_cluster, i.origin_node, i.origin_metric,
                    i.origin_since, i.origin_weight, i.started_at, i.last_at, i.nodes, i.metrics,
                    i.anomalies, i.open)
                IS DISTINCT FROM (excluded.title, excluded.severity, excluded.score,
                    excluded.origin_cluster, excluded.origin_node, excluded.origin_metric,
                    excluded.origin_since, excluded.origin_weight, excluded.started_at,
                    excluded.last_at, excluded.nodes, excluded.metrics, excluded.anomalies,
                    excluded.open)
                OR i.merged_into IS NOT NULL OR i.withdrawn_at IS NOT NULL\
            """;

    private static final String JOIN =
            """
            INSERT INTO incident_member (tenant_id, anomaly_id, incident_id)
            SELECT ?, anomaly_id, ? FROM unnest(?::uuid[]) AS member (anomaly_id)
            ON CONFLICT (tenant_id, anomaly_id) DO UPDATE SET incident_id = excluded.incident_id
            WHERE incident_member.incident_id <> excluded.incident_id\
            """;

    private static final String LEAVE =
            "DELETE FROM incident_member WHERE tenant_id = ? AND anomaly_id = ANY (?::uuid[])";

    // Whoever took the one that went has taken the one it went into.
    private static final String MERGE =
            """
            WITH gone AS (
                UPDATE incident SET merged_into = ?, open = 0, version = version + 1,
                    changed_at = now()
                WHERE tenant_id = ? AND id = ?
                RETURNING acknowledged_at, acknowledged_by
            )
            UPDATE incident i SET acknowledged_at = gone.acknowledged_at,
                acknowledged_by = gone.acknowledged_by
            FROM gone
            WHERE i.tenant_id = ? AND i.id = ? AND i.acknowledged_at IS NULL
                AND gone.acknowledged_at IS NOT NULL\
            """;

    private static final String WITHDRAW =
            """
            UPDATE incident SET withdrawn_at = now(), open = 0, version = version + 1,
                changed_at = now()
            WHERE tenant_id = ? AND id = ?\
            """;

    private IncidentWriter() {}

    /** Writes incidents, members, mergers and withdrawals. */
    static void write(
            Connection connection, IncidentStore.Surroundings around, Regrouping regrouping)
            throws SQLException {
        TenantId tenant = around.tenant();
        upsert(connection, tenant, regrouping.incidents());
        leave(connection, tenant, around, regrouping);
        merge(connection, tenant, regrouping.merged());
        withdraw(connection, tenant, regrouping.withdrawn());
    }

    private static void upsert(
            Connection connection, TenantId tenant, List<IncidentSummary> incidents)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
                PreparedStatement join = connection.prepareStatement(JOIN)) {
            for (IncidentSummary incident : incidents) {
                bind(new Binder(upsert), tenant, incident);
                upsert.addBatch();
                Binder members = new Binder(join);
                members.set(tenant.value(), incident.id());
                members.array("uuid", incident.anomalies().stream());
                join.addBatch();
            }
            upsert.executeBatch();
            join.executeBatch();
        }
    }

    private static void bind(Binder to, TenantId tenant, IncidentSummary incident)
            throws SQLException {
        SuspectedOrigin origin = incident.origin();
        to.set(tenant.value(), incident.id(), incident.title());
        to.set(incident.severity().label(), incident.score());
        to.set(origin.clusterId(), origin.nodeId(), origin.metricName().orElse(null));
        to.set(origin.since(), origin.weight());
        to.set(incident.startedAt(), incident.lastAt());
        to.set(incident.nodes(), incident.metrics(), incident.anomalies().size(), incident.open());
    }

    private static void leave(
            Connection connection,
            TenantId tenant,
            IncidentStore.Surroundings around,
            Regrouping regrouping)
            throws SQLException {
        Set<UUID> gone = new HashSet<>(around.before().keySet());
        regrouping.incidents().forEach(incident -> incident.anomalies().forEach(gone::remove));
        if (!gone.isEmpty()) {
            try (PreparedStatement leave = connection.prepareStatement(LEAVE)) {
                Binder to = new Binder(leave);
                to.set(tenant.value());
                to.array("uuid", gone.stream());
                leave.executeUpdate();
            }
        }
    }

    private static void merge(Connection connection, TenantId tenant, Map<UUID, UUID> merged)
            throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
            for (Map.Entry<UUID, UUID> one : merged.entrySet()) {
                new Binder(merge)
                        .set(
                                one.getValue(),
                                tenant.value(),
                                one.getKey(),
                                tenant.value(),
                                one.getValue());
                merge.addBatch();
            }
            merge.executeBatch();
        }
    }

    private static void withdraw(Connection connection, TenantId tenant, Set<UUID> withdrawn)
            throws SQLException {
        try (PreparedStatement withdraw = connection.prepareStatement(WITHDRAW)) {
            for (UUID id : withdrawn) {
                new Binder(withdraw).set(tenant.value(), id);
                withdraw.addBatch();
            }
            withdraw.executeBatch();
        }
    }
}
