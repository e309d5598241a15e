package dev.vedette.alerting;

import dev.vedette.detection.engine.Severity;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What people are told about an incident, the same on every channel and on every try. A notifier
 * decides how it looks, never what it says. Texts are plain: each notifier escapes and shortens
 * them as its channel wants.
 *
 * @param tenant whose incident
 * @param incident which
 * @param key of this message, 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}: the same on every
 *     try of the same message, so that a receiver can drop the second of two
 * @param event why people are told
 * @param revision counts the messages about this incident on this route, from 1
 * @param at when it was decided to tell; the same on every try
 * @param facts what is known
 * @param chart the metric where it began, when at hand and the channel shows it
 * @param links where to read more, and what to answer with one click
 */
public record Notification(
        TenantId tenant,
        UUID incident,
        String key,
        NotificationEvent event,
        int revision,
        Instant at,
        Facts facts,
        Optional<Chart> chart,
        Links links) {
    /**
     * What is known of the incident.
     *
     * @param title what and where, in a few plain words
     * @param words what happened, in one or a few sentences; empty when the title says all
     * @param severity how urgent
     * @param status where it stands
     * @param cluster where it began; the empty text when it is in no cluster
     * @param nodes the affected nodes by onset, the first at least; at most some
     * @param metrics the affected metrics by onset; at most some
     * @param nodeCount how many nodes are affected, at least as many as named
     * @param metricCount how many metrics are, at least as many as named
     * @param anomalies how many anomalies it has
     * @param startedAt first anomalous point
     * @param resolvedAt when it was over; empty while it goes on
     * @param score highest of its anomalies, in [0,1]
     */
    public record Facts(
            String title,
            String words,
            Severity severity,
            IncidentStatus status,
            String cluster,
            List<String> nodes,
            List<String> metrics,
            int nodeCount,
            int metricCount,
            int anomalies,
            Instant startedAt,
            Optional<Instant> resolvedAt,
            double score) {
        /** Copies the lists. */
        public Facts {
            nodes = List.copyOf(nodes);
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * A few points of the metric where it began, with what was expected of them.
     *
     * @param title what it shows, such as {@code CPU on api-05}
     * @param points oldest first, at most 500
     */
    public record Chart(String title, List<ChartPoint> points) {
        private static final int MOST = 500;

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when it has more than 500 points
         */
        public Chart {
            points = List.copyOf(points);
            if (points.size() > MOST) {
                throw new IllegalArgumentException(
                        "at most " + MOST + " points, are " + points.size());
            }
        }
    }

    /**
     * A point of a chart. A number that is not finite is not known.
     *
     * @param at when
     * @param value measured
     * @param lower least expected
     * @param upper most expected
     */
    public record ChartPoint(Instant at, double value, double lower, double upper) {}

    /**
     * Where to read more.
     *
     * @param incident the incident's page
     * @param answers what a person may say with one click, in the order to show; may be empty
     */
    public record Links(URI incident, List<Link> answers) {
        /** Copies the list. */
        public Links {
            answers = List.copyOf(answers);
        }
    }

    /**
     * One click.
     *
     * @param text on the button, such as {@code False alarm}
     * @param url signed, of this person's or route's message only: a secret of its readers
     */
    public record Link(String text, URI url) {}

    /** Whether it says that the incident is over. */
    public boolean isOver() {
        return event == NotificationEvent.RESOLVED;
    }
}
