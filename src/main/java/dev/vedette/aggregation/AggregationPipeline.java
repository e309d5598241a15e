package dev.vedette.aggregation;

import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rolls metric scores up to nodes, node scores to clusters and cluster scores to the tenant, by all
 * strategies in one pass over the metrics. Each level is made of the level below: the P95 of a
 * cluster is that of its nodes' P95. The same scores in any order give the same result. Cost O(n
 * log n) for n metrics. Thread-safe.
 */
public final class AggregationPipeline {
    private static final List<AggregationStrategy> STRATEGIES =
            List.of(AggregationStrategy.values());

    private final NodeAnomalyAggregator ofNode;
    private final ClusterAnomalyAggregator ofCluster = new ClusterAnomalyAggregator();
    private final TenantAnomalyAggregator ofTenant = new TenantAnomalyAggregator();

    /** A pipeline that weighs metrics by {@link MetricWeights#GOLDEN_SIGNALS}. */
    public AggregationPipeline() {
        this(MetricWeights.GOLDEN_SIGNALS);
    }

    /** A pipeline with those weights of metrics. */
    public AggregationPipeline(MetricWeights weights) {
        this.ofNode = new NodeAnomalyAggregator(weights);
    }

    /**
     * The roll-up of one tenant's window.
     *
     * @param metrics one score per series of that tenant, in any order; none gives a tenant score
     *     of 0 and no nodes or clusters
     * @throws IllegalArgumentException when a series is of another tenant
     */
    public Rollup run(TenantId tenant, TimeRange window, Collection<MetricScore> metrics) {
        return run(tenant, window, metrics, Map.of());
    }

    /**
     * The same with what was found on nodes as wholes, see {@link NodeAnomalyAggregator}.
     *
     * @param wholes by node; a node without one was not judged as a whole
     */
    public Rollup run(
            TenantId tenant,
            TimeRange window,
            Collection<MetricScore> metrics,
            Map<ScorePlace, NodeScore> wholes) {
        List<AggregatedAnomalyScore> nodes = new ArrayList<>();
        for (SortedMap<String, List<MetricScore>> cluster : grouped(tenant, metrics).values()) {
            for (List<MetricScore> node : cluster.values()) {
                NodeScore whole = wholes.getOrDefault(placeOf(node), NodeScore.NONE);
                nodes.addAll(ofNode(window, node, whole));
            }
        }
        return above(tenant, window, nodes);
    }

    /**
     * The scores of one node, one for each strategy in their order.
     *
     * @param metrics at least one, all of that node
     * @param whole what was found on it as a whole
     */
    List<AggregatedAnomalyScore> ofNode(
            TimeRange window, List<MetricScore> metrics, NodeScore whole) {
        return ofNode.aggregate(STRATEGIES, window, metrics, whole);
    }

    /**
     * The roll-up of a tenant's nodes.
     *
     * @param nodes sorted by cluster and node, of each node what {@link #ofNode} gave
     */
    Rollup above(TenantId tenant, TimeRange window, List<AggregatedAnomalyScore> nodes) {
        SortedMap<String, Map<AggregationStrategy, List<AggregatedAnomalyScore>>> byCluster =
                new TreeMap<>();
        for (AggregatedAnomalyScore node : nodes) {
            byCluster
                    .computeIfAbsent(
                            node.clusterId().orElse(""),
                            _ -> new EnumMap<>(AggregationStrategy.class))
                    .computeIfAbsent(node.strategy(), _ -> new ArrayList<>())
                    .add(node);
        }
        List<AggregatedAnomalyScore> clusters = new ArrayList<>();
        byCluster
                .values()
                .forEach(cluster ->
                        cluster.values().forEach(one -> clusters.add(ofCluster.aggregate(one))));
        return new Rollup(nodes, clusters, tenantScores(tenant, window, clusters));
    }

    private static ScorePlace placeOf(List<MetricScore> node) {
        SeriesKey key = node.getFirst().key();
        return ScorePlace.node(key.clusterId(), key.nodeId());
    }

    private List<AggregatedAnomalyScore> tenantScores(
            TenantId tenant, TimeRange window, List<AggregatedAnomalyScore> clusters) {
        List<AggregatedAnomalyScore> scores = new ArrayList<>();
        for (AggregationStrategy strategy : STRATEGIES) {
            scores.add(
                    ofTenant.aggregate(
                            tenant,
                            strategy,
                            window,
                            clusters.stream().filter(c -> c.strategy() == strategy).toList()));
        }
        return scores;
    }

    private static SortedMap<String, SortedMap<String, List<MetricScore>>> grouped(
            TenantId tenant, Collection<MetricScore> metrics) {
        SortedMap<String, SortedMap<String, List<MetricScore>>> clusters = new TreeMap<>();
        for (MetricScore metric : metrics) {
            if (!metric.key().tenant().equals(tenant)) {
                throw new IllegalArgumentException(
                        "metrics must be of tenant " + tenant + ", one is of " + metric.key());
            }
            clusters.computeIfAbsent(metric.key().clusterId(), _ -> new TreeMap<>())
                    .computeIfAbsent(metric.key().nodeId(), _ -> new ArrayList<>())
                    .add(metric);
        }
        return clusters;
    }
}
