package dev.vedette.aggregation;

import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
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
        Level below = new Level(due, window);
        for (ScoreBucket node : due.nodes()) {
            List<MetricScore> metrics = metrics(node, names);
            if (!metrics.isEmpty()) {
                below.add(AnomalySource.METRIC, metrics, whole(node), true);
            }
        }
        for (RollupStore.PaymentScore account : accounts(due)) {
            // Of accounts with nothing strange there are too many to keep; they count above.
            boolean isKept = account.anomalies() > 0;
            below.add(
                    AnomalySource.TRANSACTION,
                    List.of(score(due, account)),
                    NodeScore.NONE,
                    isKept);
        }
        below.addMerchants();
        return below.rows();
    }

    // Of a cluster that a tenant happens to name as that of payments, the node comes first.
    private static List<RollupStore.PaymentScore> accounts(RollupStore.Due due) {
        Set<String> taken =
                due.nodes().stream()
                        .filter(node -> node.clusterId().equals(AnomalySource.PAYMENTS))
                        .map(ScoreBucket::nodeId)
                        .collect(Collectors.toSet());
        return due.accounts().stream().filter(one -> !taken.contains(one.name())).toList();
    }

    private static MetricScore score(RollupStore.Due due, RollupStore.PaymentScore of) {
        SeriesKey key =
                new SeriesKey(
                        due.tenant(), AnomalySource.PAYMENTS, of.name(), "amount", Labels.NONE);
        return new MetricScore(key, of.score(), of.anomalies());
    }

    /** The nodes and accounts of a bucket, and what they amount to. */
    private final class Level {
        private final RollupStore.Due due;
        private final TimeRange window;
        private final List<RollupStore.Row> rows = new ArrayList<>();
        private final List<AggregatedAnomalyScore> nodes = new ArrayList<>();
        private final Map<AnomalySource, List<AggregatedAnomalyScore>> bySource =
                new EnumMap<>(AnomalySource.class);
        private final Map<ScorePlace, MetricScore> leading = new HashMap<>();
        private final Map<AnomalySource, MetricScore> leadingOf =
                new EnumMap<>(AnomalySource.class);

        Level(RollupStore.Due due, TimeRange window) {
            this.due = due;
            this.window = window;
        }

        void add(AnomalySource source, List<MetricScore> metrics, NodeScore whole, boolean isKept) {
            List<AggregatedAnomalyScore> scores = pipeline.ofNode(window, metrics, whole);
            MetricScore first = metrics.stream().reduce(Ranking::stranger).orElseThrow();
            if (isKept) {
                rows.add(row(due, ScoreLevel.NODE, placeOf(scores.getFirst()), scores, first));
            }
            nodes.addAll(scores);
            bySource.computeIfAbsent(source, _ -> new ArrayList<>()).addAll(scores);
            leading.merge(ScorePlace.cluster(first.key().clusterId()), first, Ranking::stranger);
            leading.merge(ScorePlace.TENANT, first, Ranking::stranger);
            leadingOf.merge(source, first, Ranking::stranger);
        }

        void addMerchants() {
            for (RollupStore.PaymentScore merchant : due.merchants()) {
                if (merchant.anomalies() > 0) {
                    MetricScore score = score(due, merchant);
                    var scores = pipeline.ofNode(window, List.of(score), NodeScore.NONE);
                    ScorePlace place = placeOf(scores.getFirst());
                    rows.add(row(due, ScoreLevel.MERCHANT, place, scores, score));
                }
            }
        }

        List<RollupStore.Row> rows() {
            if (!nodes.isEmpty()) {
                above(due, pipeline.above(due.tenant(), window, nodes), leading, rows);
            }
            bySource.forEach((source, of) ->
                    rows.add(
                            row(
                                    due,
                                    ScoreLevel.SOURCE,
                                    ScorePlace.cluster(source.label()),
                                    pipeline.above(due.tenant(), window, of).tenant(),
                                    Objects.requireNonNull(leadingOf.get(source)))));
            return rows;
        }
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
                rows.add(
                        row(
                                due,
                                ScoreLevel.valueOf(scores.getFirst().level().name()),
                                place,
                                scores,
                                Objects.requireNonNull(leading.get(place)))));
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
            RollupStore.Due due,
            ScoreLevel level,
            ScorePlace place,
            List<AggregatedAnomalyScore> scores,
            MetricScore leading) {
        AggregatedAnomalyScore any = scores.getFirst();
        boolean isOne = level == ScoreLevel.NODE || level == ScoreLevel.MERCHANT;
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
                isOne ? Optional.empty() : Optional.of(leading.key().nodeId()),
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
