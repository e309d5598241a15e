package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.alerting.AlertSamples;
import dev.vedette.alerting.AlertStore;
import dev.vedette.alerting.AlertingContract;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.DeliveryStore;
import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.FeedbackStore;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.alerting.SettingStore;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of alerting on a database. */
abstract class AlertingSuite extends AlertingContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Test
    void feedbackTellsOfSeriesAndThePastTellsWhatSilencesLookAt() {
        FeedbackStore store = new TimescaleFeedbackStore(database().tenants());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        IncidentFacts incident =
                AlertSamples.incident(UUID.randomUUID(), IncidentStatus.OPEN, 0.9, now, now);
        put(tenant, incident);
        assertEquals(
                false,
                store.add(tenant, said(UUID.randomUUID(), "confirmed", now))
                        .await()
                        .indefinitely());
        Feedback first = said(incident.id(), "confirmed", now.minusSeconds(60));
        Feedback last = said(incident.id(), "false_alarm", now);
        for (Feedback feedback : List.of(first, last, last)) {
            assertEquals(true, store.add(tenant, feedback).await().indefinitely());
        }
        assertEquals(
                List.of(last, first),
                store.list(tenant, Optional.empty(), 9).await().indefinitely());
        assertEquals(
                List.of(first),
                store.list(tenant, Optional.of(new FeedbackStore.Position(last.at(), last.id())), 9)
                        .await()
                        .indefinitely());
        assertEquals(
                List.of(
                        new FeedbackStore.Concern(
                                incident.id(),
                                Feedback.Verdict.FALSE_ALARM,
                                now,
                                "edge",
                                "api-05",
                                Optional.of("cpu_percent"),
                                "e",
                                0.5)),
                store.concerns(tenant, now.minusSeconds(3600)).await().indefinitely());
        assertEquals(
                Optional.of(last),
                store.newest(
                                tenant,
                                new Feedback.Subject(incident.id(), Optional.of(incident.id())))
                        .await()
                        .indefinitely());
        assertEquals(true, store.withdraw(tenant, last.id(), now).await().indefinitely());
        assertEquals(false, store.withdraw(tenant, last.id(), now).await().indefinitely());
        assertEquals(
                Optional.of(first),
                store.newest(tenant, Feedback.Subject.of(incident.id())).await().indefinitely());
        assertEquals(
                List.of(Feedback.Verdict.CONFIRMED),
                store.concerns(tenant, now.minusSeconds(3600)).await().indefinitely().stream()
                        .map(FeedbackStore.Concern::verdict)
                        .toList());
        assertEquals(
                List.of(Feedback.Verdict.FALSE_ALARM),
                store.concerns(tenant, last).await().indefinitely().stream()
                        .map(FeedbackStore.Concern::verdict)
                        .toList());
        FeedbackStore.Decision decision = new FeedbackStore.Decision("dismissed", "ada", now);
        store.decide(tenant, "feedback-1", decision).await().indefinitely();
        store.decide(tenant, "feedback-1", decision).await().indefinitely();
        assertEquals(
                Map.of("feedback-1", decision), store.decisions(tenant).await().indefinitely());
        store.reopen(tenant, "feedback-1", now).await().indefinitely();
        assertEquals(Map.of(), store.decisions(tenant).await().indefinitely());
        store.decide(tenant, "feedback-1", decision).await().indefinitely();
        assertEquals(1, store.decisions(tenant).await().indefinitely().size());
        IncidentFacts read =
                store.past(tenant, now.minusSeconds(60), now.plusSeconds(60), 9)
                        .await()
                        .indefinitely()
                        .getFirst();
        assertEquals(incident.labels(), read.labels());
        assertEquals(incident.clusters(), read.clusters());
        assertEquals(incident.metrics(), read.metrics());
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        assertEquals(List.of(), store.list(other, Optional.empty(), 9).await().indefinitely());
        assertEquals(List.of(), store.concerns(other, Instant.EPOCH).await().indefinitely());
        assertEquals(
                List.of(),
                store.past(other, Instant.EPOCH, now.plusSeconds(60), 9).await().indefinitely());
    }

    private static Feedback said(UUID incident, String verdict, Instant at) {
        return new Feedback(
                UUID.randomUUID(),
                Feedback.Subject.of(incident),
                verdict.equals("confirmed")
                        ? Feedback.Verdict.CONFIRMED
                        : Feedback.Verdict.FALSE_ALARM,
                Optional.of("deploy"),
                "",
                "ada",
                at);
    }

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
