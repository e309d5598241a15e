package dev.vedette.aggregation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The strangest first. Ties never depend on the order of the input: among equal scores the one with
 * more anomalies comes first, then the names in alphabetical order decide.
 */
public final class Ranking {
    /** By cluster, node (a cluster before its nodes, the tenant before all) and strategy. */
    static final Comparator<AggregatedAnomalyScore> BY_PLACE =
            Comparator.comparing((AggregatedAnomalyScore s) -> s.clusterId().orElse(""))
                    .thenComparing(s -> s.nodeId().orElse(""))
                    .thenComparing(AggregatedAnomalyScore::strategy);

    private static final Comparator<AggregatedAnomalyScore> STRANGEST =
            Comparator.comparingDouble(AggregatedAnomalyScore::aggregateScore)
                    .thenComparingInt(AggregatedAnomalyScore::numAnomaliesDetected)
                    .reversed()
                    .thenComparing(BY_PLACE);

    private static final Comparator<MetricScore> STRANGEST_METRIC =
            Comparator.comparingDouble(MetricScore::score)
                    .thenComparingInt(MetricScore::anomalies)
                    .reversed()
                    .thenComparing(s -> s.key().clusterId())
                    .thenComparing(s -> s.key().nodeId())
                    .thenComparing(s -> s.key().metricName())
                    .thenComparing(s -> s.key().labels().pairs().toString());

    private Ranking() {}

    /** The strangest of two series. */
    static MetricScore stranger(MetricScore one, MetricScore other) {
        return STRANGEST_METRIC.compare(one, other) <= 0 ? one : other;
    }

    /**
     * The strangest nodes or clusters.
     *
     * @param scores of one level and strategy, in any order
     * @param count how many at most, 0 or more
     * @throws IllegalArgumentException when the count is below 0
     */
    public static List<AggregatedAnomalyScore> top(
            Collection<AggregatedAnomalyScore> scores, int count) {
        return scores.stream().sorted(STRANGEST).limit(count).toList();
    }

    /**
     * The strangest series.
     *
     * @param scores in any order
     * @param count how many at most, 0 or more
     * @throws IllegalArgumentException when the count is below 0
     */
    public static List<MetricScore> topMetrics(Collection<MetricScore> scores, int count) {
        return scores.stream().sorted(STRANGEST_METRIC).limit(count).toList();
    }
}
