package dev.vedette.incident;

import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.engine.AnomalyKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * What grouping looks at of an anomaly.
 *
 * @param anomaly its id
 * @param clusterId where
 * @param nodeId where
 * @param metricName which metric; empty when the node as a whole is unusual
 * @param start its first point
 * @param end its last anomalous point so far, not before the start
 * @param open whether it goes on
 * @param score its highest score, in [0,1]
 * @param kind what it is
 * @param source metric or payment; of a payment the node is its account
 * @param merchant who was paid; empty when not said, and for a metric
 */
public record Symptom(
        UUID anomaly,
        String clusterId,
        String nodeId,
        Optional<String> metricName,
        Instant start,
        Instant end,
        boolean open,
        double score,
        AnomalyKind kind,
        AnomalySource source,
        Optional<String> merchant) {
    /** A symptom of a metric, or of a node as a whole. */
    public Symptom(
            UUID anomaly,
            String clusterId,
            String nodeId,
            Optional<String> metricName,
            Instant start,
            Instant end,
            boolean open,
            double score,
            AnomalyKind kind) {
        this(
                anomaly,
                clusterId,
                nodeId,
                metricName,
                start,
                end,
                open,
                score,
                kind,
                AnomalySource.METRIC,
                Optional.empty());
    }

    /** Earliest first; the id breaks ties, so that the order is the same everywhere. */
    public static final Comparator<Symptom> BY_ONSET =
            Comparator.comparing(Symptom::start).thenComparing(Symptom::anomaly);

    /**
     * Validates the times.
     *
     * @throws IllegalArgumentException when it ends before it starts; the message holds both
     */
    public Symptom {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException(
                    "symptom must not end before it starts, is " + start + " to " + end);
        }
    }

    /** Whether it is a payment. */
    boolean isPayment() {
        return source == AnomalySource.TRANSACTION;
    }

    /** The node's whole name; a node id means something within its cluster only. */
    Node node() {
        return new Node(clusterId, nodeId);
    }

    /** A node, by cluster and name. */
    record Node(String clusterId, String nodeId) implements Comparable<Node> {
        private static final Comparator<Node> BY_NAME =
                Comparator.comparing(Node::clusterId).thenComparing(Node::nodeId);

        @Override
        public int compareTo(Node other) {
            return BY_NAME.compare(this, other);
        }
    }
}
