package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.explanation.Phrases;
import dev.vedette.incident.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words around an incident that are the same on every channel people read: what became of it,
 * and the few facts below. Plain text of any length, not yet escaped. Immutable and thread-safe.
 */
final class MessageWords {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Phrases phrases;

    /** Words of that language. */
    MessageWords(Phrases phrases) {
        this.phrases = phrases;
    }

    /**
     * A name and what it is.
     *
     * @param key the name for programs, {@code a-z}
     */
    record Fact(String key, String name, String value) {}

    /** What became of the incident, in one or two words: "Resolved". */
    String state(Notification notification) {
        NotificationEvent event = notification.event();
        boolean isTaken =
                event == NotificationEvent.UPDATED
                        && notification.facts().status() == IncidentStatus.ACKNOWLEDGED;
        return phrases.plain("alert.state." + (isTaken ? "acknowledged" : event.label()));
    }

    /** Severity or end, and the title: what a subject line shows. */
    String headline(Notification notification) {
        Notification.Facts facts = notification.facts();
        return switch (notification.event()) {
            case OPENED, UPDATED -> phrases.say("alert.headline", severity(facts), facts.title());
            case ESCALATED, REMINDED ->
                    phrases.say(
                            "alert.headline.again",
                            severity(facts),
                            state(notification),
                            facts.title());
            case RESOLVED, TEST ->
                    phrases.say("alert.headline", state(notification), facts.title());
        };
    }

    /** How urgent, as people read it. */
    String severity(Notification.Facts facts) {
        return phrases.plain("alert.severity." + facts.severity().label());
    }

    /** What is known, most important first. */
    List<Fact> facts(Notification notification) {
        Notification.Facts facts = notification.facts();
        List<Fact> all = new ArrayList<>();
        all.add(fact("state", state(notification)));
        all.add(fact("severity", severity(facts)));
        if (!facts.cluster().isEmpty()) {
            all.add(fact("cluster", facts.cluster()));
        }
        all.add(fact("nodes", named(facts.nodes(), facts.nodeCount())));
        if (facts.metricCount() > 0) {
            all.add(fact("metrics", named(facts.metrics(), facts.metricCount())));
        }
        all.add(fact("anomalies", Integer.toString(facts.anomalies())));
        all.add(fact("score", String.format(phrases.locale(), "%.2f", facts.score())));
        all.add(fact("started", time(facts.startedAt())));
        facts.resolvedAt().ifPresent(end -> all.add(fact("resolved", over(facts, end))));
        return List.copyOf(all);
    }

    private Fact fact(String key, String value) {
        return new Fact(key, phrases.plain("alert.fact." + key), value);
    }

    private String named(List<String> names, int count) {
        int shown = Math.min(names.size(), 5);
        String list = String.join(", ", names.subList(0, shown));
        return count > shown ? phrases.say("alert.more", list, count - shown) : list;
    }

    private String over(Notification.Facts facts, Instant end) {
        Duration lasted = Duration.between(facts.startedAt(), end);
        return lasted.isNegative()
                ? time(end)
                : phrases.say("alert.lasted", time(end), lasted.toMinutes());
    }

    /** A time as people read it, in UTC to the second. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** What the chart shows. */
    String chart(Notification.Chart chart) {
        return phrases.say(
                "alert.chart",
                chart.title(),
                time(chart.points().getFirst().at()),
                time(chart.points().getLast().at()));
    }

    /** The phrase of that key, without anything to fill in. */
    String plain(String key) {
        return phrases.plain(key);
    }
}
