package dev.vedette.aggregation;

import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rolls the metrics of one node up to the node. {@link AggregationStrategy#WEIGHTED} weighs every
 * series by its metric's name. Thread-safe.
 */
public final class NodeAnomalyAggregator {
    /** Names whose weights are remembered: a fleet has few, each on thousands of nodes. */
    private static final int MOST_KNOWN = 10_000;

    private final MetricWeights weights;
    private final Map<String, Double> known = new ConcurrentHashMap<>();

    /** An aggregator with those weights. */
    public NodeAnomalyAggregator(MetricWeights weights) {
        this.weights = weights;
    }

    /**
     * The score of the node whose metrics these are.
     *
     * @param metrics at least one, all of the same tenant, cluster and node, in any order
     * @throws IllegalArgumentException when there is none or they are of several nodes
     */
    public AggregatedAnomalyScore aggregate(
            AggregationStrategy strategy, TimeRange window, List<MetricScore> metrics) {
        return aggregate(strategy, window, metrics, NodeScore.NONE);
    }

    /**
     * The same with what was found on the node as a whole: its anomalies are counted, and by {@link
     * AggregationStrategy#MAX} its score counts beside those of the metrics. The other strategies
     * tell of the metrics only.
     */
    public AggregatedAnomalyScore aggregate(
            AggregationStrategy strategy,
            TimeRange window,
            List<MetricScore> metrics,
            NodeScore whole) {
        return aggregate(List.of(strategy), window, metrics, whole).getFirst();
    }

    /** The same by several strategies, in their order. */
    List<AggregatedAnomalyScore> aggregate(
            List<AggregationStrategy> strategies,
            TimeRange window,
            List<MetricScore> metrics,
            NodeScore whole) {
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("a node needs at least one metric to be scored");
        }
        SeriesKey first = metrics.getFirst().key();
        double[] scores = new double[metrics.size()];
        double[] weight = new double[scores.length];
        int anomalies = whole.anomalies();
        for (int i = 0; i < scores.length; i++) {
            MetricScore metric = metrics.get(i);
            requireSameNode(first, metric.key());
            scores[i] = metric.score();
            weight[i] = weightOf(metric.key().metricName());
            anomalies += metric.anomalies();
        }
        List<AggregatedAnomalyScore> all = new ArrayList<>(strategies.size());
        for (AggregationStrategy strategy : strategies) {
            double score = strategy.aggregate(scores, weight);
            all.add(
                    new AggregatedAnomalyScore(
                            first.tenant(),
                            Optional.of(first.clusterId()),
                            Optional.of(first.nodeId()),
                            strategy,
                            strategy == AggregationStrategy.MAX
                                    ? Math.max(score, whole.score())
                                    : score,
                            scores.length,
                            anomalies,
                            window));
        }
        return all;
    }

    private double weightOf(String name) {
        if (known.size() >= MOST_KNOWN) {
            known.clear(); // rare, and cheaper than an order of use
        }
        return known.computeIfAbsent(name, weights::weightOf);
    }

    private static void requireSameNode(SeriesKey first, SeriesKey other) {
        if (!first.tenant().equals(other.tenant())
                || !first.clusterId().equals(other.clusterId())
                || !first.nodeId().equals(other.nodeId())) {
            throw new IllegalArgumentException(
                    "metrics must be of one node, are of " + first + " and " + other);
        }
    }
}
