package dev.vedette.timescale;

import dev.vedette.alerting.AlertStore;
import dev.vedette.alerting.AlertingContract;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.DeliveryStore;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.alerting.SettingStore;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import java.util.UUID;

/** The contract of alerting on a database. */
abstract class AlertingSuite extends AlertingContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected SettingStore settings() {
        return new TimescaleSettingStore(database().tenants());
    }

    @Override
    protected AlertStore alerts() {
        return new TimescaleAlertStore(database().workers());
    }

    @Override
    protected DeliveryStore deliveries() {
        return new TimescaleDeliveryStore(database().workers());
    }

    @Override
    protected DeliveryQueries log() {
        return new TimescaleDeliveryQueries(database().tenants());
    }

    /** An incident and its one anomaly; the trigger of the table marks it. */
    @Override
    protected void put(TenantId tenant, IncidentFacts incident) {
        int open = incident.status() == IncidentStatus.RESOLVED ? 0 : 1;
        String taken = incident.owner().map(owner -> "'" + owner + "'").orElse("NULL");
        UUID anomaly =
                UUID.nameUUIDFromBytes(
                        incident.id().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        database()
                .execute(
                        """
                        INSERT INTO incident AS i (tenant_id, id, title, severity, score,
                            origin_cluster, origin_node, origin_metric, origin_since, origin_weight,
                            started_at, last_at, nodes, metrics, anomalies, open, acknowledged_by)
                        VALUES ('%1$s', '%2$s', '%3$s', '%4$s', %5$s, 'edge', 'api-05',
                            'cpu_percent', '%6$s', 1, '%6$s', '%7$s', 1, 1, 1, %8$s, %9$s)
                        ON CONFLICT (tenant_id, id) DO UPDATE SET severity = excluded.severity,
                            score = excluded.score, last_at = excluded.last_at,
                            open = excluded.open, acknowledged_by = excluded.acknowledged_by,
                            acknowledged_at = CASE WHEN excluded.acknowledged_by IS NULL THEN NULL
                                ELSE now() END,
                            version = i.version + 1;
                        INSERT INTO anomaly (tenant_id, id, cluster_id, node_id, metric_name, labels,
                            window_start, window_end, peak_at, is_open, points, anomaly_score,
                            anomaly_label, kind, magnitude, confidence, severity, explanation,
                            observed, expected, lower, upper, engine, engine_version, status)
                        VALUES ('%1$s', '%10$s', 'edge', 'api-05', 'cpu_percent',
                            '{"team":"payments"}', '%6$s', '%7$s', '%6$s', true, 1, 0.5, 'spike',
                            'spike', 0.5, 0.5, 'info', 'x', 1, 1, 1, 1, 'e', 1, 'open')
                        ON CONFLICT DO NOTHING;
                        INSERT INTO incident_member VALUES ('%1$s', '%10$s', '%2$s')
                        ON CONFLICT DO NOTHING\
                        """
                                .formatted(
                                        tenant,
                                        incident.id(),
                                        incident.title(),
                                        incident.severity().label(),
                                        incident.score(),
                                        incident.startedAt(),
                                        incident.lastAt(),
                                        open,
                                        taken,
                                        anomaly));
    }
}
