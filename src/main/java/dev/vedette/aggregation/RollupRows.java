package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the rows of a bucket's roll-up: the pipeline's scores, four to a row. Pure. */
final class RollupRows {
    private final AggregationPipeline pipeline = new AggregationPipeline();

    /**
     * The rows of that bucket.
     *
     * @param keys the catalogue of its series; one that is missing was deleted and counts no more
     */
    List<RollupStore.Row> of(RollupStore.Due due, Map<Long, SeriesKey> keys) {
        List<MetricScore> metrics = metrics(due, keys);
        if (metrics.isEmpty()) {
            return List.of();
        }
        Map<ScorePlace, NodeScore> wholes = wholes(due);
        TimeRange window = new TimeRange(due.bucket(), due.bucket().plus(ScoreBucket.WIDTH));
        Rollup rollup = pipeline.run(due.tenant(), window, metrics, wholes);
        Map<ScorePlace, MetricScore> leading = leading(metrics);
        List<RollupStore.Row> rows = new ArrayList<>();
        byPlace(rollup)
                .forEach((place, scores) ->
                        rows.add(row(due, place, scores, Optional.ofNullable(leading.get(place)))));
        return rows;
    }

    private static List<MetricScore> metrics(RollupStore.Due due, Map<Long, SeriesKey> keys) {
        List<MetricScore> metrics = new ArrayList<>();
        for (ScoreBucket node : due.nodes()) {
            for (int i = 0; i < node.seriesIds().length; i++) {
                SeriesKey key = keys.get(node.seriesIds()[i]);
                if (key != null) {
                    metrics.add(
                            new MetricScore(key, node.scores()[i], node.anomalous()[i] ? 1 : 0));
                }
            }
        }
        return metrics;
    }

    private static Map<ScorePlace, NodeScore> wholes(RollupStore.Due due) {
        Map<ScorePlace, NodeScore> wholes = new HashMap<>();
        for (ScoreBucket node : due.nodes()) {
            int at = Arrays.binarySearch(node.seriesIds(), ScoreBucket.WHOLE_NODE);
            if (at >= 0) {
                wholes.put(
                        ScorePlace.node(node.clusterId(), node.nodeId()),
                        new NodeScore(node.scores()[at], node.anomalous()[at] ? 1 : 0));
            }
        }
        return wholes;
    }

    private static Map<ScorePlace, MetricScore> leading(List<MetricScore> metrics) {
        Map<ScorePlace, MetricScore> leading = new LinkedHashMap<>();
        for (MetricScore metric : Ranking.topMetrics(metrics, metrics.size())) {
            SeriesKey key = metric.key();
            leading.putIfAbsent(ScorePlace.TENANT, metric);
            leading.putIfAbsent(ScorePlace.cluster(key.clusterId()), metric);
            leading.putIfAbsent(ScorePlace.node(key.clusterId(), key.nodeId()), metric);
        }
        return leading;
    }

    private static Map<ScorePlace, Map<AggregationStrategy, AggregatedAnomalyScore>> byPlace(
            Rollup rollup) {
        Map<ScorePlace, Map<AggregationStrategy, AggregatedAnomalyScore>> places =
                new LinkedHashMap<>();
        rollup.all()
                .forEach(score ->
                        places.computeIfAbsent(
                                        placeOf(score),
                                        _ -> new EnumMap<>(AggregationStrategy.class))
                                .put(score.strategy(), score));
        return places;
    }

    private static ScorePlace placeOf(AggregatedAnomalyScore score) {
        return new ScorePlace(
                score.clusterId(),
                score.nodeId(),
                Optional.empty(),
                dev.vedette.series.Labels.NONE);
    }

    private static RollupStore.Row row(
            RollupStore.Due due,
            ScorePlace place,
            Map<AggregationStrategy, AggregatedAnomalyScore> scores,
            Optional<MetricScore> leading) {
        AggregatedAnomalyScore any = scores.values().iterator().next();
        ScoreLevel level = ScoreLevel.valueOf(any.level().name());
        return new RollupStore.Row(
                due.tenant(),
                due.bucket(),
                level,
                place,
                score(scores, AggregationStrategy.MAX),
                score(scores, AggregationStrategy.MEAN),
                score(scores, AggregationStrategy.WEIGHTED),
                score(scores, AggregationStrategy.P95),
                any.numMetricsAnalyzed(),
                any.numAnomaliesDetected(),
                level == ScoreLevel.NODE
                        ? Optional.empty()
                        : leading.map(metric -> metric.key().nodeId()),
                leading.map(metric -> metric.key().metricName()));
    }

    private static double score(
            Map<AggregationStrategy, AggregatedAnomalyScore> scores, AggregationStrategy by) {
        AggregatedAnomalyScore score = scores.get(by);
        if (score == null) {
            throw new IllegalStateException("the pipeline gave no score by " + by);
        }
        return score.aggregateScore();
    }
}
