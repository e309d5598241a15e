package dev.vedette.detection.threshold;

import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import java.util.Optional;

/**
 * Which series of a tenant a rule is about. An absent part means any; no part at all means the
 * whole tenant.
 *
 * @param family metrics of that kind; excludes {@code metricName}
 * @param metricName the exact name, or a pattern in which {@code *} stands for any characters
 * @param clusterId exact
 * @param nodeId exact; needs {@code clusterId}
 * @param labels exactly these labels: then cluster, node and an exact metric are needed, and the
 *     rule is about one series
 */
public record ThresholdScope(
        Optional<MetricFamily> family,
        Optional<String> metricName,
        Optional<String> clusterId,
        Optional<String> nodeId,
        Optional<Labels> labels)
        implements Comparable<ThresholdScope> {
    /** The whole tenant. */
    public static final ThresholdScope TENANT =
            new ThresholdScope(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

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
        return isOrAny(clusterId, key.clusterId())
                && isOrAny(nodeId, key.nodeId())
                && family.map(of::equals).orElse(true)
                && metricName.map(name -> fits(name, key.metricName())).orElse(true)
                && labels.map(key.labels()::equals).orElse(true);
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
     * By how much they narrow down, least first: tenant, family, pattern (by its letters), metric,
     * cluster, node, series. Where parts are combined, the narrower place decides: a rule about a
     * node is before any rule about a metric everywhere.
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
        return metricName
                .map(name ->
                        isPattern(name)
                                ? 2 + (int) name.chars().filter(c -> c != '*').count()
                                : 5_000)
                .orElse(family.isPresent() ? 1 : 0);
    }
}
