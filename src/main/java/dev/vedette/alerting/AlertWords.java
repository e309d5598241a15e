package dev.vedette.alerting;

import dev.vedette.detection.engine.Severity;
import dev.vedette.explanation.Phrases;
import dev.vedette.incident.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is said of the incidents of one message. */
final class AlertWords {
    private static final Phrases PHRASES = Phrases.ENGLISH;

    private AlertWords() {}

    /** What people know afterwards, in short: as long as it stays the same, nothing is new. */
    static String brief(List<IncidentFacts> incidents) {
        StringBuilder brief = new StringBuilder();
        for (IncidentFacts incident : incidents) {
            brief.append(incident.id())
                    .append(incident.title())
                    .append(incident.severity())
                    .append(incident.status())
                    .append(incident.nodeCount())
                    .append('/')
                    .append(incident.metricCount())
                    .append(';');
        }
        return Integer.toHexString(brief.toString().hashCode());
    }

    /** What a message says. */
    static Notification.Facts facts(
            NotificationEvent event, List<IncidentFacts> incidents, Alert before) {
        IncidentFacts lead = incidents.getFirst();
        double score = incidents.stream().mapToDouble(IncidentFacts::score).max().orElse(0);
        boolean isOver = incidents.stream().allMatch(IncidentFacts::isOver);
        String title =
                incidents.size() == 1
                        ? lead.title()
                        : PHRASES.say("alert.more", lead.title(), incidents.size() - 1);
        return new Notification.Facts(
                title,
                words(event, incidents, before),
                Severity.of(score),
                status(incidents),
                lead.clusters().stream().findFirst().orElse(""),
                names(incidents, IncidentFacts::nodes),
                names(incidents, IncidentFacts::metrics),
                incidents.stream().mapToInt(IncidentFacts::nodeCount).sum(),
                incidents.stream().mapToInt(IncidentFacts::metricCount).sum(),
                incidents.stream().mapToInt(IncidentFacts::anomalies).sum(),
                incidents.stream()
                        .map(IncidentFacts::startedAt)
                        .min(Instant::compareTo)
                        .orElseThrow(),
                isOver ? Optional.of(end(incidents)) : Optional.empty(),
                score);
    }

    private static IncidentStatus status(List<IncidentFacts> incidents) {
        return incidents.stream()
                .map(IncidentFacts::status)
                .min(IncidentStatus::compareTo)
                .orElseThrow();
    }

    private static Instant end(List<IncidentFacts> incidents) {
        return incidents.stream().map(IncidentFacts::lastAt).max(Instant::compareTo).orElseThrow();
    }

    private static List<String> names(
            List<IncidentFacts> incidents, Function<IncidentFacts, List<String>> of) {
        return incidents.stream()
                .map(of)
                .flatMap(Collection::stream)
                .distinct()
                .limit(IncidentFacts.MOST_NAMES)
                .toList();
    }

    private static String words(
            NotificationEvent event, List<IncidentFacts> incidents, Alert before) {
        IncidentFacts lead = incidents.getFirst();
        return switch (event) {
            case OPENED ->
                    before.revision() == 0
                            ? PHRASES.say("alert.opened", lead.anomalies())
                            : PHRASES.say("alert.reopened", lead.anomalies());
            case UPDATED ->
                    lead.owner()
                            .map(owner -> PHRASES.say("alert.taken", owner))
                            .orElseGet(() -> PHRASES.say("alert.updated", lead.anomalies()));
            case ESCALATED -> PHRASES.say("alert.escalated");
            case REMINDED -> PHRASES.say("alert.reminded");
            case RESOLVED -> resolved(incidents);
            case TEST -> PHRASES.say("alert.test");
        };
    }

    private static String resolved(List<IncidentFacts> incidents) {
        IncidentFacts lead = incidents.getFirst();
        if (lead.status() == IncidentStatus.MERGED) {
            return PHRASES.say("alert.merged");
        }
        if (lead.status() == IncidentStatus.WITHDRAWN) {
            return PHRASES.say("alert.withdrawn");
        }
        long minutes = Duration.between(lead.startedAt(), end(incidents)).toMinutes();
        return PHRASES.say("alert.resolved", Math.max(1, minutes));
    }
}
