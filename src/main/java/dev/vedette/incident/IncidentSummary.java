package dev.vedette.incident;

import dev.vedette.detection.engine.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a group of anomalies amounts to; a function of the anomalies alone.
 *
 * @param id made from the first anomaly, so that a replay writes the same row
 * @param title in a few plain words: what, and where
 * @param origin where it most likely began
 * @param score highest of its anomalies, in [0,1]
 * @param startedAt first anomalous point
 * @param lastAt last anomalous point so far
 * @param nodes how many nodes are affected, at least 1
 * @param metrics how many different metrics are, 0 when only nodes as a whole are
 * @param open how many of its anomalies go on
 * @param anomalies its anomalies by onset, at least one
 */
public record IncidentSummary(
        UUID id,
        String title,
        SuspectedOrigin origin,
        double score,
        Instant startedAt,
        Instant lastAt,
        int nodes,
        int metrics,
        int open,
        List<UUID> anomalies) {
    /** Copies the list. */
    public IncidentSummary {
        anomalies = List.copyOf(anomalies);
    }

    /**
     * The summary of a group.
     *
     * @param byOnset its members by onset, at least one, as {@link IncidentGrouper} gives them
     * @param words names it
     */
    public static IncidentSummary of(List<Symptom> byOnset, IncidentWords words) {
        SuspectedOrigin origin = SuspectedOrigin.of(byOnset);
        return new IncidentSummary(
                idOf(byOnset.getFirst().anomaly()),
                words.title(byOnset, origin),
                origin,
                byOnset.stream().mapToDouble(Symptom::score).max().orElse(0),
                byOnset.getFirst().start(),
                byOnset.stream().map(Symptom::end).max(Instant::compareTo).orElseThrow(),
                count(byOnset, Symptom::node),
                (int) byOnset.stream().flatMap(s -> s.metricName().stream()).distinct().count(),
                (int) byOnset.stream().filter(Symptom::open).count(),
                byOnset.stream().map(Symptom::anomaly).toList());
    }

    /** How urgent. */
    public Severity severity() {
        return Severity.of(score);
    }

    /** The id of the incident that begins with that anomaly. */
    static UUID idOf(UUID firstAnomaly) {
        return UUID.nameUUIDFromBytes(
                ("incident/" + firstAnomaly).getBytes(StandardCharsets.UTF_8));
    }

    private static int count(List<Symptom> symptoms, Function<Symptom, Object> what) {
        return (int) symptoms.stream().map(what).distinct().count();
    }
}
