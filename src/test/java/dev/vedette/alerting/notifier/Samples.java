package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.detection.engine.Severity;
import dev.vedette.explanation.Phrases;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Messages to send in tests. */
final class Samples {
    static final Instant BEGAN = Instant.parse("2026-11-21T18:00:00Z");
    static final UUID INCIDENT = UUID.fromString("0b8e3c5e-7a41-3f0e-9a52-3d2f7c1e4b6a");
    static final MessageWords WORDS = new MessageWords(Phrases.ENGLISH);

    /** What a hostile tenant would put into a name. */
    static final String HOSTILE =
            "<script>alert(1)</script> & <!channel> <@U123> <https://evil.example|click> \"'\r\n"
                    + "Bcc: everybody@example.org\r\n\r\n.\r\n\u202Eevil\u0000\u2028";

    private Samples() {}

    static Notification of(NotificationEvent event, int revision) {
        return of(event, revision, facts(event, "CPU on 12 nodes of edge", "CPU rose to 97 %."));
    }

    static Notification of(NotificationEvent event, int revision, Notification.Facts facts) {
        return new Notification(
                new TenantId("acme"),
                INCIDENT,
                "msg_0b8e3c5e_" + revision,
                event,
                revision,
                BEGAN.plusSeconds(60L * revision),
                facts,
                Optional.of(chart()),
                new Notification.Links(
                        URI.create("https://vedette.example/incidents/" + INCIDENT),
                        List.of(
                                link("Confirm", "c"),
                                link("Expected", "e"),
                                link("False alarm", "f"),
                                link("Silence 1 h", "s"))));
    }

    private static Notification.Link link(String text, String what) {
        return new Notification.Link(
                text, URI.create("https://vedette.example/feedback?a=" + what + "&t=x.y"));
    }

    static Notification.Facts facts(NotificationEvent event, String title, String words) {
        boolean isOver = event == NotificationEvent.RESOLVED;
        return new Notification.Facts(
                title,
                words,
                Severity.CRITICAL,
                isOver ? IncidentStatus.RESOLVED : IncidentStatus.OPEN,
                "edge",
                List.of("api-05", "api-06"),
                List.of("cpu_usage"),
                12,
                1,
                14,
                BEGAN,
                isOver ? Optional.of(BEGAN.plusSeconds(720)) : Optional.empty(),
                0.97);
    }

    static Notification.Facts with(
            Notification.Facts facts, Severity severity, IncidentStatus status) {
        return new Notification.Facts(
                facts.title(),
                facts.words(),
                severity,
                status,
                facts.cluster(),
                facts.nodes(),
                facts.metrics(),
                facts.nodeCount(),
                facts.metricCount(),
                facts.anomalies(),
                facts.startedAt(),
                facts.resolvedAt(),
                facts.score());
    }

    static Notification.Chart chart() {
        return new Notification.Chart(
                "CPU on api-05",
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                new Notification.ChartPoint(
                                        BEGAN.plusSeconds(60L * i),
                                        i == 30 ? Double.NaN : i > 45 ? 97 : 40 + i % 7,
                                        35,
                                        50))
                        .toList());
    }
}
