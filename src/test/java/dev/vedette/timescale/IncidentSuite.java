package dev.vedette.timescale;

import dev.vedette.incident.IncidentContract;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStore;
import dev.vedette.incident.Symptom;
import dev.vedette.tenant.TenantId;
import java.util.UUID;

/** The contract of incidents on a database. */
abstract class IncidentSuite extends IncidentContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected IncidentStore store() {
        return new TimescaleIncidentStore(database().workers());
    }

    @Override
    protected IncidentQueries queries() {
        return new TimescaleIncidentQueries(database().tenants());
    }

    @Override
    protected void put(TenantId tenant, Symptom symptom) {
        database()
                .execute(
                        """
                        INSERT INTO anomaly (tenant_id, id, cluster_id, node_id, metric_name,
                            window_start, window_end, peak_at, is_open, points, anomaly_score,
                            anomaly_label, kind, magnitude, confidence, severity, explanation,
                            observed, expected, lower, upper, engine, engine_version, status)
                        VALUES ('%s', '%s', '%s', '%s', '%s', '%s', '%s', '%s', %s, 1, %s, 'spike',
                            '%s', 0.5, 0.5, 'info', 'x', 1, 1, 1, 1, 'e', 1, 'open')
                        ON CONFLICT (tenant_id, id) DO UPDATE SET
                            window_end = excluded.window_end, is_open = excluded.is_open,
                            anomaly_score = excluded.anomaly_score\
                        """
                                .formatted(
                                        tenant,
                                        symptom.anomaly(),
                                        symptom.clusterId(),
                                        symptom.nodeId(),
                                        symptom.metricName().orElseThrow(),
                                        symptom.start(),
                                        symptom.end(),
                                        symptom.start(),
                                        symptom.open(),
                                        symptom.score(),
                                        symptom.kind().label()));
    }

    @Override
    protected void remove(TenantId tenant, UUID anomaly) {
        database()
                .execute(
                        "DELETE FROM anomaly WHERE tenant_id = '%s' AND id = '%s'"
                                .formatted(tenant, anomaly));
    }
}
