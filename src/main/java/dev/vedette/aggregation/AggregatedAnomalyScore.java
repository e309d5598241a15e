package dev.vedette.aggregation;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.util.Optional;

/**
 * How strange a node, a cluster or a whole tenant was during a window.
 *
 * @param tenantId whose it is
 * @param clusterId which cluster; empty for the whole tenant
 * @param nodeId which node; empty for a whole cluster or tenant
 * @param strategy how the scores below were made one
 * @param aggregateScore in [0,1], higher is stranger
 * @param numMetricsAnalyzed how many series stand behind it, 0 or more
 * @param numAnomaliesDetected how many anomalies touch the window, 0 or more; a series may have
 *     several
 * @param window the stretch of time it speaks of
 */
public record AggregatedAnomalyScore(
        TenantId tenantId,
        Optional<String> clusterId,
        Optional<String> nodeId,
        AggregationStrategy strategy,
        double aggregateScore,
        int numMetricsAnalyzed,
        int numAnomaliesDetected,
        TimeRange window) {
    /**
     * Validates the ranges and the place.
     *
     * @throws IllegalArgumentException when the score is outside [0,1], a count is below 0, a name
     *     is blank, or a node comes without its cluster; the message holds what was found
     */
    public AggregatedAnomalyScore {
        if (!(aggregateScore >= 0 && aggregateScore <= 1)) {
            throw new IllegalArgumentException(
                    "aggregate score must be in [0,1], is " + aggregateScore);
        }
        requireCount("metrics analyzed", numMetricsAnalyzed);
        requireCount("anomalies detected", numAnomaliesDetected);
        requireName("cluster_id", clusterId);
        requireName("node_id", nodeId);
        if (nodeId.isPresent() && clusterId.isEmpty()) {
            throw new IllegalArgumentException(
                    "node '" + nodeId.get() + "' must come with its cluster");
        }
    }

    /** Which level of the hierarchy it speaks of. */
    public Level level() {
        if (nodeId.isPresent()) {
            return Level.NODE;
        }
        return clusterId.isPresent() ? Level.CLUSTER : Level.TENANT;
    }

    /** The levels above the single metric. */
    public enum Level {
        /** One node. */
        NODE,
        /** One cluster with all its nodes. */
        CLUSTER,
        /** Everything a tenant has. */
        TENANT
    }

    private static void requireCount(String what, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "number of " + what + " must be 0 or more, is " + count);
        }
    }

    private static void requireName(String what, Optional<String> name) {
        if (name.isPresent() && name.get().isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
    }
}
