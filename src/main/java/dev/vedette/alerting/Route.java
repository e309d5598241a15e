package dev.vedette.alerting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who hears of which incidents, and how often.
 *
 * @param name its own within the tenant
 * @param position routes are asked in this order, then by name
 * @param isOn whether it is asked at all
 * @param goesOn whether routes after it are asked, too, when it fits
 * @param matchers an incident fits when all of them do
 * @param channels names of the channels that are told, at least one
 * @param groupBy incidents that are alike in all of these share one message; by none, each incident
 *     has its own
 * @param trigger when an incident is worth telling
 * @param overFor how long all must be over before that is told; one that begins again in between
 *     was never over
 * @param pace how often
 * @param escalation who hears when nobody takes it
 * @param quiet when messages wait
 */
public record Route(
        String name,
        int position,
        boolean isOn,
        boolean goesOn,
        List<Matcher> matchers,
        List<String> channels,
        List<GroupKey> groupBy,
        Trigger trigger,
        Duration overFor,
        Pace pace,
        Optional<Escalation> escalation,
        List<QuietHours> quiet) {
    /** Copies the lists. */
    public Route {
        matchers = List.copyOf(matchers);
        channels = List.copyOf(channels);
        groupBy = List.copyOf(groupBy);
        quiet = List.copyOf(quiet);
    }

    /** What incidents of one message have in common. */
    public enum GroupKey {
        /** The cluster where it began. */
        CLUSTER,
        /** The severity. */
        SEVERITY,
        /** The source. */
        SOURCE
    }

    /**
     * When an incident is worth telling. Apart from what ends it: {@link Route#overFor}.
     *
     * @param openFor how long it must last, by its points
     * @param anomalies how many it must have, at least 1
     * @param nodes how many it must touch, at least 1
     */
    public record Trigger(Duration openFor, int anomalies, int nodes) {
        /** Every incident. */
        public static final Trigger ANY = new Trigger(Duration.ZERO, 1, 1);

        boolean isMet(IncidentFacts incident) {
            Duration lasted = Duration.between(incident.startedAt(), incident.lastAt());
            return lasted.compareTo(openFor) >= 0
                    && incident.anomalies() >= anomalies
                    && incident.nodeCount() >= nodes;
        }
    }

    /**
     * How often people hear.
     *
     * @param first how long a first message waits for more to join
     * @param between least time between messages about one incident, but the last
     * @param repeat how long after a message they are reminded while nobody has taken it; empty:
     *     never
     * @param mostPerHour most messages an hour that ask for attention, of this route
     */
    public record Pace(
            Duration first, Duration between, Optional<Duration> repeat, int mostPerHour) {
        /** Two seconds for the first, a minute between, no reminders, 60 an hour. */
        public static final Pace USUAL =
                new Pace(Duration.ofSeconds(2), Duration.ofMinutes(1), Optional.empty(), 60);
    }

    /**
     * Who hears when nobody takes it.
     *
     * @param after how long after the first message
     * @param channels names of the channels, at least one
     */
    public record Escalation(Duration after, List<String> channels) {
        /** Copies the list. */
        public Escalation {
            channels = List.copyOf(channels);
        }
    }

    /** What names the message the incident belongs to. */
    String groupOf(IncidentFacts incident) {
        if (groupBy.isEmpty()) {
            return incident.id().toString();
        }
        StringBuilder group = new StringBuilder();
        for (GroupKey key : groupBy) {
            group.append(group.isEmpty() ? "" : ",")
                    .append(
                            switch (key) {
                                case CLUSTER ->
                                        "cluster="
                                                + incident.clusters().stream()
                                                        .findFirst()
                                                        .orElse("");
                                case SEVERITY -> "severity=" + incident.severity().label();
                                case SOURCE -> "source=" + incident.source();
                            });
        }
        return group.toString();
    }
}
