package dev.vedette.aggregation;

import java.util.List;
import java.util.stream.Stream;

/**
 * One tenant's scores of one window on every level, by every strategy.
 *
 * @param nodes four per node, sorted by cluster, node and strategy
 * @param clusters four per cluster, sorted by cluster and strategy
 * @param tenant four, sorted by strategy
 */
public record Rollup(
        List<AggregatedAnomalyScore> nodes,
        List<AggregatedAnomalyScore> clusters,
        List<AggregatedAnomalyScore> tenant) {
    /** Copies the lists. */
    public Rollup {
        nodes = List.copyOf(nodes);
        clusters = List.copyOf(clusters);
        tenant = List.copyOf(tenant);
    }

    /** All scores, the nodes first and the tenant last. */
    public Stream<AggregatedAnomalyScore> all() {
        return Stream.of(nodes, clusters, tenant).flatMap(List::stream);
    }
}
