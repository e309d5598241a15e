package dev.vedette.detection.threshold;

import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.SeriesKey;
import java.util.Optional;

/**
 * Which series and nodes of a tenant a rule is about. An absent part means any; no part at all
 * means the whole tenant. A node as a whole, judged by how its metrics go together, counts like a
 * further metric: a rule that names no metric and no family holds for it, too.
 *
 * @param family metrics of that kind; excludes {@code metricName}
 * @param metricName the exact name, or a pattern in which {@code *} stands for any characters
 * @param clusterId exact
 * @param nodeId exact; needs {@code clusterId}
 * @param labels exactly these labels: then cluster, node and an exact metric are needed, and the
 *     rule is about one series
 * @param wholeNode only nodes as wholes; excludes {@code family}, {@code metricName} and {@code
 *     labels}
 */
public record ThresholdScope(
        Optional<MetricFamily> family,
        Optional<String> metricName,
        Optional<String> clusterId,
        Optional<String> nodeId,
        Optional<Labels> labels,
        boolean wholeNode)
        implements Comparable<ThresholdScope> {
    /** Rank of what is named exactly, beyond the letters of any pattern. */
    private static final int NAMED = 5_000;

    /** The whole tenant. */
    public static final ThresholdScope TENANT =
            new ThresholdScope(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** About metrics, and about nodes as wholes where no metric is named. */
    public ThresholdScope(
            Optional<MetricFamily> family,
            Optional<String> metricName,
            Optional<String> clusterId,
            Optional<String> nodeId,
            Optional<Labels> labels) {
        this(family, metricName, clusterId, nodeId, labels, false);
    }

    /**
     * Validates.
     *
     * @throws IllegalArgumentException when parts exclude or need each other, or a name is blank or
     *     too long; the message says which
     */
    public ThresholdScope {
        requireName("metric_name", metricName);
        requireName("cluster_id", clusterId);
        requireName("node_id", nodeId);
        require(
                family.isEmpty() || metricName.isEmpty(),
                "family and metric_name exclude each other");
        require(nodeId.isEmpty() || clusterId.isPresent(), "node_id needs cluster_id");
        require(
                labels.isEmpty()
                        || (nodeId.isPresent()
                                && metricName.filter(n -> !isPattern(n)).isPresent()),
                "labels need cluster_id, node_id and an exact metric_name");
        require(
                !wholeNode || (family.isEmpty() && metricName.isEmpty()),
                "whole_node excludes family, metric_name and labels");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static void requireName(String what, Optional<String> name) {
        require(
                name.filter(n ->
                                n.isBlank()
                                        || n.length() > SeriesKey.MAX_LENGTH
                                        || n.chars().anyMatch(Character::isISOControl))
                        .isEmpty(),
                what + " must have 1 to " + SeriesKey.MAX_LENGTH + " printable characters");
    }

    /** Whether a series of that key and family is meant. */
    public boolean holds(SeriesKey key, MetricFamily of) {
        return !wholeNode
                && isOrAny(clusterId, key.clusterId())
                && isOrAny(nodeId, key.nodeId())
                && family.map(of::equals).orElse(true)
                && metricName.map(name -> fits(name, key.metricName())).orElse(true)
                && labels.map(key.labels()::equals).orElse(true);
    }

    /** Whether that node as a whole is meant. */
    public boolean holds(NodeKey node) {
        return isOrAny(clusterId, node.clusterId())
                && isOrAny(nodeId, node.nodeId())
                && family.isEmpty()
                && metricName.isEmpty();
    }

    /**
     * Checks that a rule of this scope may set those fields.
     *
     * @throws IllegalArgumentException when one means nothing there; the message says which may
     */
    public void requireTaking(ThresholdFields fields) {
        require(
                !wholeNode || fields.equals(fields.thresholdOnly()),
                "a rule about nodes as wholes takes threshold or alarms_per_week only");
    }

    /** By which scale a budget becomes a threshold there. */
    public AlarmBudget scale() {
        return wholeNode ? AlarmBudget.WHOLE_NODE : AlarmBudget.SERIES;
    }

    private static boolean isOrAny(Optional<String> wanted, String actual) {
        return wanted.map(actual::equals).orElse(true);
    }

    private static boolean isPattern(String name) {
        return name.indexOf('*') >= 0;
    }

    private static boolean fits(String pattern, String name) {
        return isPattern(pattern) ? Glob.fits(pattern, name) : pattern.equals(name);
    }

    /**
     * By how much they narrow down, least first: tenant, family, pattern (by its letters), metric
     * or node as a whole, cluster, node, series. Where parts are combined, the narrower place
     * decides: a rule about a node is before any rule about a metric everywhere.
     */
    @Override
    public int compareTo(ThresholdScope other) {
        return Integer.compare(rank(), other.rank());
    }

    private int rank() {
        int place = labels.isPresent() ? 3 : nodeId.isPresent() ? 2 : clusterId.isPresent() ? 1 : 0;
        return place * 10_000 + what();
    }

    private int what() {
        return wholeNode ? NAMED : metric();
    }

    private int metric() {
        return metricName
                .map(name ->
                        isPattern(name)
                                ? 2 + (int) name.chars().filter(c -> c != '*').count()
                                : NAMED)
                .orElse(family.isPresent() ? 1 : 0);
    }
}
