package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.alerting.Notifier;
import dev.vedette.alerting.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One alert per incident in an Alertmanager, by {@code POST /api/v2/alerts}. Source: Alertmanager's
 * {@code api/v2/openapi.yaml} and "Clients": an alert is its labels, and goes on until its end.
 *
 * <p>Severity and cluster are labels, because people route by them, and they may change while the
 * incident goes on: the reference names those of the last message, and a message with others ends
 * that alert too.
 */
final class AlertmanagerNotifier implements Notifier {
    // Messages come when something changes, not every minute: until then the alert must go on.
    private static final Duration UNTIL_NEWS = Duration.ofDays(7);
    private static final Duration TEST = Duration.ofMinutes(1);
    private static final int TEXT = 4000;

    private final HttpSender http;
    private final MessageWords words;

    AlertmanagerNotifier(HttpSender http, MessageWords words) {
        this.http = http;
        this.words = words;
    }

    /** The labels that may change. */
    private record Changing(String severity, String cluster) {
        static Changing of(Notification.Facts facts) {
            return new Changing(facts.severity().label(), PlainText.line(facts.cluster(), 200));
        }

        static Changing read(String reference) {
            int slash = reference.indexOf('/');
            return new Changing(reference.substring(0, slash), reference.substring(slash + 1));
        }

        String reference() {
            return severity + "/" + cluster;
        }
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.ALERTMANAGER;
    }

    @Override
    public Answer send(
            ChannelTarget target, Notification notification, @Nullable String reference) {
        if (!(target instanceof ChannelTarget.Alertmanager(String url, Optional<Secret> token))) {
            throw WrongTarget.of(kind(), target);
        }
        Changing now = Changing.of(notification.facts());
        ArrayNode alerts = IncidentJson.object().putArray("alerts");
        alerts.add(alert(notification, now, end(notification)));
        if (reference != null && reference.contains("/") && !reference.equals(now.reference())) {
            alerts.add(alert(notification, Changing.read(reference), notification.at()));
        }
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return http.post(
                        HttpMessage.json(
                                base + "/api/v2/alerts",
                                "application/json",
                                IncidentJson.text(alerts),
                                token))
                .answer(Optional.of(now.reference()));
    }

    private static Instant end(Notification notification) {
        return switch (notification.event()) {
            case OPENED, UPDATED, ESCALATED, REMINDED -> notification.at().plus(UNTIL_NEWS);
            case RESOLVED -> notification.facts().resolvedAt().orElse(notification.at());
            case TEST -> notification.at().plus(TEST);
        };
    }

    private ObjectNode alert(Notification notification, Changing changing, Instant end) {
        Notification.Facts facts = notification.facts();
        ObjectNode alert = IncidentJson.object();
        ObjectNode labels = alert.putObject("labels");
        labels.put("alertname", "VedetteIncident");
        labels.put("incident_id", subject(notification));
        labels.put("tenant", notification.tenant().value());
        labels.put("severity", changing.severity());
        // Alertmanager takes an empty label for an absent one.
        labels.put("cluster", changing.cluster());
        ObjectNode annotations = alert.putObject("annotations");
        annotations.put("summary", PlainText.line(facts.title(), TEXT));
        annotations.put("description", PlainText.lines(facts.words(), TEXT));
        words.facts(notification)
                .forEach(fact -> annotations.put(fact.key(), PlainText.line(fact.value(), TEXT)));
        alert.put("startsAt", facts.startedAt().toString());
        boolean isOrdered = end.isAfter(facts.startedAt());
        alert.put("endsAt", (isOrdered ? end : facts.startedAt()).toString());
        alert.put("generatorURL", notification.links().incident().toString());
        return alert;
    }

    private static String subject(Notification notification) {
        return notification.event() == NotificationEvent.TEST
                ? "test-" + notification.key()
                : notification.incident().toString();
    }
}
