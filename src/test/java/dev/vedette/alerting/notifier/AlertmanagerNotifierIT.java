package dev.vedette.alerting.notifier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.detection.engine.Severity;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Alertmanager. */
@EnabledIf("dev.vedette.alerting.notifier.RealAlertmanager#isInstalled")
class AlertmanagerNotifierIT {
    @TempDir static Path folder;

    private static RealAlertmanager alertmanager;
    private static TestSender test;

    private final UUID incident = UUID.randomUUID();
    // A real one compares with its own clock.
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() throws IOException {
        alertmanager = RealAlertmanager.start(folder);
        test = new TestSender();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        test.close();
        alertmanager.stop();
    }

    private Notification notification(
            NotificationEvent event, Severity severity, IncidentStatus status) {
        Notification.Facts sample =
                Samples.facts(event, "CPU <on> 12 nodes & more", "It \"rose\"\nto 97 %.");
        Notification.Facts facts =
                new Notification.Facts(
                        sample.title(),
                        sample.words(),
                        severity,
                        status,
                        sample.cluster(),
                        sample.nodes(),
                        sample.metrics(),
                        sample.nodeCount(),
                        sample.metricCount(),
                        sample.anomalies(),
                        now.minusSeconds(600),
                        sample.resolvedAt().map(end -> now.minusSeconds(60)),
                        sample.score());
        Notification like = Samples.of(event, 1, facts);
        return new Notification(
                new TenantId("acme"),
                incident,
                like.key(),
                event,
                1,
                now,
                facts,
                like.chart(),
                like.links());
    }

    private Answer.Delivered send(Notification notification, @Nullable String reference) {
        ChannelTarget target =
                new ChannelTarget.Alertmanager(alertmanager.url() + "/", Optional.empty());
        Answer answer =
                new AlertmanagerNotifier(test.here(), Samples.WORDS)
                        .send(target, notification, reference);
        return assertInstanceOf(Answer.Delivered.class, answer, answer.said());
    }

    /** The alerts of this test's incident that go on. */
    private List<JsonNode> active() {
        List<JsonNode> ours = new ArrayList<>();
        for (JsonNode alert : alertmanager.alerts()) {
            if (alert.path("labels").path("incident_id").asText().equals(incident.toString())) {
                ours.add(alert);
            }
        }
        return ours;
    }

    @Test
    void incidentIsOneAlertUntilItIsOver() {
        String reference =
                send(
                                notification(
                                        NotificationEvent.OPENED,
                                        Severity.WARNING,
                                        IncidentStatus.OPEN),
                                null)
                        .reference()
                        .orElseThrow();
        JsonNode alert = active().getFirst();
        assertEquals("VedetteIncident", alert.path("labels").path("alertname").asText());
        assertEquals("acme", alert.path("labels").path("tenant").asText());
        assertEquals("edge", alert.path("labels").path("cluster").asText());
        assertEquals("warning", alert.path("labels").path("severity").asText());
        assertEquals(
                "CPU <on> 12 nodes & more", alert.path("annotations").path("summary").asText());
        assertEquals(
                "It \"rose\"\nto 97 %.", alert.path("annotations").path("description").asText());
        assertTrue(alert.path("generatorURL").asText().startsWith("https://vedette.example/"));
        assertEquals(now.minusSeconds(600), Instant.parse(alert.path("startsAt").asText()));

        send(
                notification(
                        NotificationEvent.UPDATED, Severity.WARNING, IncidentStatus.ACKNOWLEDGED),
                reference);
        assertEquals(1, active().size());

        send(
                notification(NotificationEvent.RESOLVED, Severity.WARNING, IncidentStatus.RESOLVED),
                reference);
        await().atMost(Duration.ofSeconds(10)).until(() -> active().isEmpty());
    }

    @Test
    void incidentThatBecomesWorseIsStillOneAlert() {
        String reference =
                send(
                                notification(
                                        NotificationEvent.OPENED,
                                        Severity.WARNING,
                                        IncidentStatus.OPEN),
                                null)
                        .reference()
                        .orElseThrow();
        send(
                notification(NotificationEvent.UPDATED, Severity.CRITICAL, IncidentStatus.OPEN),
                reference);
        await().atMost(Duration.ofSeconds(10)).until(() -> active().size() == 1);
        assertEquals("critical", active().getFirst().path("labels").path("severity").asText());
    }
}
