package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a bucket's roll-up: the pipeline's scores, four to a row. Pure. */
final class RollupRows {
    private final AggregationPipeline pipeline = new AggregationPipeline();

    /**
     * The rows of that bucket: nodes, clusters, the tenant. One node's metrics are looked at at a
     * time, whatever the size of the tenant.
     *
     * @param names of metrics, by series; a series without one was deleted and counts no more
     */
    List<RollupStore.Row> of(RollupStore.Due due, LongFunction<@Nullable String> names) {
        TimeRange window = new TimeRange(due.bucket(), due.bucket().plus(ScoreBucket.WIDTH));
        List<RollupStore.Row> rows = new ArrayList<>();
        List<AggregatedAnomalyScore> nodes = new ArrayList<>();
        Map<ScorePlace, MetricScore> leading = new HashMap<>();
        for (ScoreBucket node : due.nodes()) {
            List<MetricScore> metrics = metrics(node, names);
            if (!metrics.isEmpty()) {
                List<AggregatedAnomalyScore> scores = pipeline.ofNode(window, metrics, whole(node));
                MetricScore first = metrics.stream().reduce(Ranking::stranger).orElseThrow();
                rows.add(row(due, scores, first));
                nodes.addAll(scores);
                leading.merge(ScorePlace.cluster(node.clusterId()), first, Ranking::stranger);
                leading.merge(ScorePlace.TENANT, first, Ranking::stranger);
            }
        }
        if (!nodes.isEmpty()) {
            above(due, pipeline.above(due.tenant(), window, nodes), leading, rows);
        }
        return rows;
    }

    private static void above(
            RollupStore.Due due,
            Rollup rollup,
            Map<ScorePlace, MetricScore> leading,
            List<RollupStore.Row> rows) {
        Map<ScorePlace, List<AggregatedAnomalyScore>> places = new LinkedHashMap<>();
        Stream.concat(rollup.clusters().stream(), rollup.tenant().stream())
                .forEach(score ->
                        places.computeIfAbsent(placeOf(score), _ -> new ArrayList<>()).add(score));
        places.forEach((place, scores) ->
                rows.add(row(due, scores, Objects.requireNonNull(leading.get(place)))));
    }

    private static List<MetricScore> metrics(
            ScoreBucket node, LongFunction<@Nullable String> names) {
        List<MetricScore> metrics = new ArrayList<>(node.seriesIds().length);
        for (int i = 0; i < node.seriesIds().length; i++) {
            String name = names.apply(node.seriesIds()[i]);
            if (name != null) {
                // Labels decide nothing here: of twins either leads by the same name.
                SeriesKey key =
                        new SeriesKey(
                                node.tenant(), node.clusterId(), node.nodeId(), name, Labels.NONE);
                metrics.add(new MetricScore(key, node.scores()[i], node.anomalous()[i] ? 1 : 0));
            }
        }
        return metrics;
    }

    private static NodeScore whole(ScoreBucket node) {
        int at = Arrays.binarySearch(node.seriesIds(), ScoreBucket.WHOLE_NODE);
        return at < 0
                ? NodeScore.NONE
                : new NodeScore(node.scores()[at], node.anomalous()[at] ? 1 : 0);
    }

    private static ScorePlace placeOf(AggregatedAnomalyScore score) {
        return new ScorePlace(score.clusterId(), score.nodeId(), Optional.empty(), Labels.NONE);
    }

    /**
     * A row.
     *
     * @param scores of one place, by all strategies
     */
    private static RollupStore.Row row(
            RollupStore.Due due, List<AggregatedAnomalyScore> scores, MetricScore leading) {
        AggregatedAnomalyScore any = scores.getFirst();
        ScoreLevel level = ScoreLevel.valueOf(any.level().name());
        return new RollupStore.Row(
                due.tenant(),
                due.bucket(),
                level,
                placeOf(any),
                score(scores, AggregationStrategy.MAX),
                score(scores, AggregationStrategy.MEAN),
                score(scores, AggregationStrategy.WEIGHTED),
                score(scores, AggregationStrategy.P95),
                any.numMetricsAnalyzed(),
                any.numAnomaliesDetected(),
                level == ScoreLevel.NODE ? Optional.empty() : Optional.of(leading.key().nodeId()),
                Optional.of(leading.key().metricName()));
    }

    private static double score(List<AggregatedAnomalyScore> scores, AggregationStrategy by) {
        for (AggregatedAnomalyScore score : scores) {
            if (score.strategy() == by) {
                return score.aggregateScore();
            }
        }
        throw new IllegalStateException("the pipeline gave no score by " + by);
    }
}
