package dev.vedette.alerting;

import dev.vedette.detection.engine.Severity;
import dev.vedette.incident.IncidentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What routes, silences and messages look at of an incident.
 *
 * @param id which
 * @param title what and where, in a few plain words
 * @param status where it stands
 * @param score highest of its anomalies, in [0,1]
 * @param source metric or transaction
 * @param clusters all it touches, where it began first
 * @param nodes some of the affected by onset, at most {@value #MOST_NAMES}
 * @param metrics some of the affected by onset, at most {@value #MOST_NAMES}
 * @param labels values of the labels of its series, by name
 * @param nodeCount how many nodes are affected, at least 1
 * @param metricCount how many metrics are
 * @param anomalies how many anomalies it has, at least 1
 * @param startedAt first anomalous point
 * @param lastAt last anomalous point so far
 * @param seenAt when it was first stored, by the service's clock
 * @param owner who took it, or ended it; empty when nobody did
 * @param isClosed whether a person said that it is over
 * @param isNews whether anybody is to hear of it: not when a backfill found it that was told to be
 *     quiet
 */
public record IncidentFacts(
        UUID id,
        String title,
        IncidentStatus status,
        double score,
        String source,
        List<String> clusters,
        List<String> nodes,
        List<String> metrics,
        Map<String, Set<String>> labels,
        int nodeCount,
        int metricCount,
        int anomalies,
        Instant startedAt,
        Instant lastAt,
        Instant seenAt,
        Optional<String> owner,
        boolean isClosed,
        boolean isNews) {
    /** Most names of nodes, and of metrics. */
    public static final int MOST_NAMES = 20;

    /** Copies the collections. */
    public IncidentFacts {
        clusters = List.copyOf(clusters);
        nodes = List.copyOf(nodes);
        metrics = List.copyOf(metrics);
        labels = Map.copyOf(labels);
    }

    /** How urgent. */
    public Severity severity() {
        return Severity.of(score);
    }

    /** Whether it no longer goes on, for whatever reason. */
    public boolean isOver() {
        return switch (status) {
            case OPEN, ACKNOWLEDGED -> false;
            case RESOLVED, MERGED, WITHDRAWN -> true;
        };
    }

    /** Whether it is an incident of its own: neither part of another nor taken back. */
    public boolean stands() {
        return status != IncidentStatus.MERGED && status != IncidentStatus.WITHDRAWN;
    }

    /** The same in another status, and nobody's. */
    IncidentFacts as(IncidentStatus other) {
        return new IncidentFacts(
                id,
                title,
                other,
                score,
                source,
                clusters,
                nodes,
                metrics,
                labels,
                nodeCount,
                metricCount,
                anomalies,
                startedAt,
                lastAt,
                seenAt,
                Optional.empty(),
                false,
                isNews);
    }

    /** When it was over; empty while it goes on. */
    public Optional<Instant> over() {
        return isOver() ? Optional.of(lastAt) : Optional.empty();
    }
}
