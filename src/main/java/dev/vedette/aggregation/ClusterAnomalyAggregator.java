package dev.vedette.aggregation;

import dev.vedette.aggregation.AggregatedAnomalyScore.Level;
import java.util.List;

/**
 * Rolls the nodes of one cluster up to the cluster. {@link AggregationStrategy#WEIGHTED} weighs
 * every node by its number of metrics analysed. Stateless and thread-safe.
 */
public final class ClusterAnomalyAggregator {
    /**
     * The score of the cluster whose nodes these are.
     *
     * @param nodes at least one node score, all of the same tenant, cluster, strategy and window,
     *     in any order
     * @throws IllegalArgumentException when there is none, one is not a node's, or they differ in
     *     tenant, cluster, strategy or window
     */
    public AggregatedAnomalyScore aggregate(List<AggregatedAnomalyScore> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs at least one node to be scored");
        }
        AggregatedAnomalyScore first = nodes.getFirst();
        for (AggregatedAnomalyScore node : nodes) {
            if (node.level() != Level.NODE || !node.clusterId().equals(first.clusterId())) {
                throw new IllegalArgumentException(
                        "scores must be of nodes of cluster "
                                + first.clusterId().orElse("?")
                                + ", one is "
                                + node);
            }
        }
        return LevelBelow.combine(
                first.tenantId(), first.clusterId(), first.strategy(), first.window(), nodes);
    }
}
