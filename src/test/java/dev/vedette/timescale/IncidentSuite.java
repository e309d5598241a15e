package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.incident.IncidentContract;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStore;
import dev.vedette.incident.Symptom;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of incidents on a database. */
abstract class IncidentSuite extends IncidentContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Test
    void anomalyNamesItsIncidentToItsTenantOnly() {
        Symptom symptom =
                new Symptom(
                        UUID.randomUUID(),
                        "c1",
                        "n1",
                        Optional.of("cpu"),
                        Instant.parse("2026-11-20T10:00:00Z"),
                        Instant.parse("2026-11-20T10:05:00Z"),
                        true,
                        0.7,
                        AnomalyKind.SPIKE);
        put(tenant, symptom);
        regroup();
        UUID incident =
                queries()
                        .list(tenant, IncidentQueries.Filter.ALL, Optional.empty(), 1)
                        .await()
                        .indefinitely()
                        .getFirst()
                        .id();
        AnomalyQueries anomalies = new TimescaleAnomalyQueries(database().tenants());
        List<UUID> asked = List.of(symptom.anomaly(), UUID.randomUUID());
        assertEquals(
                Map.of(symptom.anomaly(), incident),
                anomalies.incidentsOf(tenant, asked).await().indefinitely());
        assertEquals(
                Map.of(),
                anomalies.incidentsOf(new TenantId("other"), asked).await().indefinitely());
    }

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
