package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.alerting.Notifier;
import dev.vedette.incident.IncidentStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events of one incident to PagerDuty, kept together by a key that follows from the incident.
 * Source: PagerDuty, "Events API v2: send an alert event"; its limits are a summary of 1024 and a
 * key of 255 characters, and 512 KB in all.
 */
final class PagerDutyNotifier implements Notifier {
    /** Where events go, by region. */
    record Bases(String american, String european) {
        static final Bases PAGERDUTY =
                new Bases("https://events.pagerduty.com", "https://events.eu.pagerduty.com");
    }

    private static final int SUMMARY = 1024;
    private static final int DETAIL = 4000;

    private final HttpSender http;
    private final Bases bases;
    private final MessageWords words;

    PagerDutyNotifier(HttpSender http, Bases bases, MessageWords words) {
        this.http = http;
        this.bases = bases;
        this.words = words;
    }

    private enum Action {
        trigger,
        acknowledge,
        resolve
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.PAGERDUTY;
    }

    @Override
    public Answer send(
            ChannelTarget target, Notification notification, @Nullable String reference) {
        if (!(target instanceof ChannelTarget.PagerDuty to)) {
            throw WrongTarget.of(kind(), target);
        }
        Answer answer = post(to, notification, action(notification));
        boolean leavesNothingOpen =
                notification.event() == NotificationEvent.TEST
                        && answer instanceof Answer.Delivered;
        return leavesNothingOpen ? post(to, notification, Action.resolve) : answer;
    }

    private static Action action(Notification notification) {
        return switch (notification.event()) {
            case RESOLVED -> Action.resolve;
            case UPDATED ->
                    notification.facts().status() == IncidentStatus.ACKNOWLEDGED
                            ? Action.acknowledge
                            : Action.trigger;
            case OPENED, ESCALATED, REMINDED, TEST -> Action.trigger;
        };
    }

    private Answer post(ChannelTarget.PagerDuty to, Notification notification, Action action) {
        String key = "vedette/" + notification.tenant() + "/" + subject(notification);
        ObjectNode event = IncidentJson.object();
        event.put("routing_key", to.routingKey().value());
        event.put("event_action", action.name());
        event.put("dedup_key", key);
        if (action == Action.trigger) {
            event.put("client", "Vedette");
            event.put("client_url", notification.links().incident().toString());
            event.set("payload", payload(notification));
            event.putArray("links")
                    .addObject()
                    .put("href", notification.links().incident().toString())
                    .put("text", words.plain("alert.open"));
        }
        String base = to.european() ? bases.european() : bases.american();
        return http.post(
                        new HttpMessage(
                                base + "/v2/enqueue",
                                Map.of("content-type", "application/json"),
                                IncidentJson.text(event),
                                List.of(to.routingKey())))
                .answer(Optional.of(key));
    }

    // A test is about no incident, and must not touch one.
    private static String subject(Notification notification) {
        return notification.event() == NotificationEvent.TEST
                ? "test/" + notification.key()
                : notification.incident().toString();
    }

    private ObjectNode payload(Notification notification) {
        Notification.Facts facts = notification.facts();
        ObjectNode payload = IncidentJson.object();
        payload.put("summary", PlainText.line(words.headline(notification), SUMMARY));
        payload.put("source", facts.nodes().isEmpty() ? "vedette" : facts.nodes().getFirst());
        payload.put("severity", facts.severity().label());
        payload.put("timestamp", facts.startedAt().toString());
        payload.put("group", facts.cluster());
        payload.put("class", facts.metrics().isEmpty() ? "" : facts.metrics().getFirst());
        ObjectNode details = payload.putObject("custom_details");
        details.put("explanation", PlainText.lines(facts.words(), DETAIL));
        words.facts(notification)
                .forEach(fact -> details.put(fact.name(), PlainText.line(fact.value(), DETAIL)));
        return payload;
    }
}
