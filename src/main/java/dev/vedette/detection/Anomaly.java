package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored anomaly of a metric, of a node as a whole, or of a payment.
 *
 * @param id made from place, engine and window start, so that a replay writes the same row
 * @param place on which series, node or payment
 * @param result what was found
 * @param contributions of a node: the metrics that make it up, the largest share first; of a metric
 *     none
 * @param explanation one or two sentences in plain words
 * @param engine id of the engine that found it
 * @param engineVersion its version
 * @param status where it stands
 * @param createdAt when it was first stored; kept on replay
 */
public record Anomaly(
        UUID id,
        AnomalyPlace place,
        AnomalyResult result,
        List<Contribution> contributions,
        String explanation,
        String engine,
        int engineVersion,
        AnomalyStatus status,
        Instant createdAt) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when that of a node as a whole has no contributions
     */
    public Anomaly {
        contributions = List.copyOf(contributions);
        if (place.metricName().isEmpty() && contributions.isEmpty()) {
            throw new IllegalArgumentException(
                    "the anomaly of a node must have contributions, that of "
                            + place.node()
                            + " has none");
        }
    }

    /**
     * The unit of its values as sent: of its metric, or of the metric in which a node stands
     * farthest apart from its peers; none where the values say how strange a node is.
     */
    public Optional<String> unit() {
        return result.kind() == AnomalyKind.PEER
                ? contributions.stream().findFirst().flatMap(Contribution::unit)
                : place.series().flatMap(Series::unit);
    }

    /** The same with another text. */
    public Anomaly explained(String text) {
        return new Anomaly(
                id, place, result, contributions, text, engine, engineVersion, status, createdAt);
    }

    /**
     * The series to show it on: its own; of a node the one with the largest share. A payment has
     * none and must not be asked.
     */
    public Series lead() {
        return place.series().orElseGet(() -> series(contributions.getFirst()));
    }

    private Series series(Contribution of) {
        NodeKey node = place.node();
        return new Series(
                new SeriesId(node.tenant(), of.seriesId()),
                new SeriesKey(
                        node.tenant(),
                        node.clusterId(),
                        node.nodeId(),
                        of.metricName(),
                        of.labels()),
                of.unit(),
                place.shard());
    }

    /** An anomaly of a metric. */
    public Anomaly(
            UUID id,
            Series series,
            AnomalyResult result,
            String explanation,
            String engine,
            int engineVersion,
            AnomalyStatus status,
            Instant createdAt) {
        this(
                id,
                AnomalyPlace.of(series),
                result,
                List.of(),
                explanation,
                engine,
                engineVersion,
                status,
                createdAt);
    }
}
