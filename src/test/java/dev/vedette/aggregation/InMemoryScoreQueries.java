package dev.vedette.aggregation;

import dev.vedette.detection.InMemoryShardStore;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Scores over time, in memory, for tests: of the roll-ups and buckets of stores in memory. */
public final class InMemoryScoreQueries implements ScoreQueries {
    private static final Comparator<ScorePlace> BY_NAME =
            Comparator.<ScorePlace, String>comparing(place -> place.clusterId().orElse(""))
                    .thenComparing(place -> place.nodeId().orElse(""))
                    .thenComparing(place -> place.metricName().orElse(""));

    private final InMemoryShardStore store;
    private final InMemoryRollupStore rollups;

    /** Reading from those stores. */
    public InMemoryScoreQueries(InMemoryShardStore store, InMemoryRollupStore rollups) {
        this.store = store;
        this.rollups = rollups;
    }

    @Override
    public Uni<List<Ranked>> rank(TenantId tenant, Question question, int top) {
        return Uni.createFrom()
                .item(() ->
                        byPlace(tenant, question).values().stream()
                                .map(InMemoryScoreQueries::ranked)
                                .sorted(
                                        Comparator.comparingDouble(Ranked::score)
                                                .thenComparingInt(Ranked::numAnomaliesDetected)
                                                .reversed()
                                                .thenComparing(Ranked::place, BY_NAME))
                                .limit(top)
                                .toList());
    }

    private static Ranked ranked(List<Ranked> scores) {
        Ranked worst =
                scores.stream()
                        .max(
                                Comparator.comparingDouble(Ranked::score)
                                        .thenComparing(Ranked::worstAt))
                        .orElseThrow();
        return new Ranked(
                worst.place(),
                worst.score(),
                scores.stream().mapToInt(Ranked::numMetricsAnalyzed).max().orElse(0),
                scores.stream().mapToInt(Ranked::numAnomaliesDetected).max().orElse(0),
                worst.worstAt(),
                worst.leadingNode(),
                worst.leadingMetric());
    }

    @Override
    public Uni<List<Lane>> lanes(TenantId tenant, Question question, Duration step, int top) {
        return Uni.createFrom()
                .item(() ->
                        byPlace(tenant, question).values().stream()
                                .map(scores -> lane(scores, question, step))
                                .sorted(
                                        Comparator.comparingDouble(Lane::peak)
                                                .reversed()
                                                .thenComparing(Lane::place, BY_NAME))
                                .limit(top)
                                .toList());
    }

    @Override
    public Uni<List<Trend>> trends(TenantId tenant, TimeRange range, Duration step, int top) {
        return lanes(tenant, clusters(AggregationStrategy.MAX, range), step, top)
                .chain(max ->
                        lanes(
                                        tenant,
                                        clusters(AggregationStrategy.P95, range),
                                        step,
                                        Integer.MAX_VALUE)
                                .map(p95 -> max.stream().map(one -> trend(one, p95)).toList()));
    }

    private static Question clusters(AggregationStrategy strategy, TimeRange range) {
        return Question.of(ScoreLevel.CLUSTER, strategy, range);
    }

    private static Trend trend(Lane max, List<Lane> p95) {
        Lane same = p95.stream().filter(one -> one.place().equals(max.place())).findFirst().get();
        return new Trend(max.place().clusterId().orElseThrow(), max.scores(), same.scores());
    }

    private static Lane lane(List<Ranked> scores, Question question, Duration step) {
        long span = question.range().duration().toMillis();
        int steps = (int) Math.ceilDiv(span, step.toMillis());
        float[] highest = new float[steps];
        Arrays.fill(highest, Float.NaN);
        int[] anomalies = new int[steps];
        for (Ranked one : scores) {
            Duration into = Duration.between(question.range().from(), one.worstAt());
            int bin = (int) into.dividedBy(step);
            float score = (float) one.score();
            highest[bin] = Float.isNaN(highest[bin]) ? score : Math.max(highest[bin], score);
            anomalies[bin] = Math.max(anomalies[bin], one.numAnomaliesDetected());
        }
        return new Lane(scores.getFirst().place(), highest, anomalies);
    }

    @Override
    public Uni<List<ClusterSize>> sizes(TenantId tenant, TimeRange range) {
        Question nodes = Question.of(ScoreLevel.NODE, AggregationStrategy.MAX, range);
        return rank(tenant, nodes, Integer.MAX_VALUE).map(ScoreOracle::sizes);
    }

    @Override
    public Uni<Optional<Instant>> newestBucket(TenantId tenant) {
        return Uni.createFrom()
                .item(() ->
                        rollups.ofTenant(tenant).stream()
                                .filter(row -> row.level() == ScoreLevel.TENANT)
                                .map(RollupStore.Row::bucket)
                                .max(Comparator.naturalOrder()));
    }

    /** What is asked for, place by place: each bucket as if it were the only one ranked. */
    private Map<ScorePlace, List<Ranked>> byPlace(TenantId tenant, Question question) {
        List<Ranked> all =
                question.level() == ScoreLevel.METRIC
                        ? ofSeries(tenant)
                        : rolledUp(tenant, question);
        return all.stream()
                .filter(one -> question.range().contains(one.worstAt()))
                .filter(one -> fits(question.clusterId(), one.place().clusterId()))
                .filter(one -> fits(question.nodeId(), one.place().nodeId()))
                .filter(one ->
                        question.level() != ScoreLevel.METRIC
                                || fits(question.metricName(), one.place().metricName()))
                .collect(
                        Collectors.groupingBy(
                                Ranked::place, LinkedHashMap::new, Collectors.toList()));
    }

    private static boolean fits(Optional<String> asked, Optional<String> found) {
        return asked.isEmpty() || asked.equals(found);
    }

    private List<Ranked> rolledUp(TenantId tenant, Question question) {
        return rollups.ofTenant(tenant).stream()
                .filter(row -> row.level() == question.level())
                .map(row ->
                        new Ranked(
                                row.place(),
                                (float) score(row, question.strategy()),
                                row.numMetrics(),
                                row.numAnomalies(),
                                row.bucket(),
                                row.leadingNode(),
                                row.leadingMetric()))
                .toList();
    }

    private static double score(RollupStore.Row row, AggregationStrategy strategy) {
        return switch (strategy) {
            case MAX -> row.max();
            case MEAN -> row.mean();
            case WEIGHTED -> row.weighted();
            case P95 -> row.p95();
        };
    }

    private List<Ranked> ofSeries(TenantId tenant) {
        List<Ranked> scores = new ArrayList<>();
        for (ScoreBucket node : store.buckets.values()) {
            if (node.tenant().equals(tenant)) {
                var series = store.series(LongStream.of(node.seriesIds()).boxed().toList());
                for (int i = 0; i < node.seriesIds().length; i++) {
                    int at = i;
                    Optional.ofNullable(series.get(node.seriesIds()[i]))
                            .ifPresent(one -> scores.add(ofSeries(one.key(), node, at)));
                }
            }
        }
        return scores;
    }

    private static Ranked ofSeries(SeriesKey key, ScoreBucket node, int at) {
        return new Ranked(
                new ScorePlace(
                        Optional.of(key.clusterId()),
                        Optional.of(key.nodeId()),
                        Optional.of(key.metricName()),
                        key.labels()),
                node.scores()[at],
                1,
                node.anomalous()[at] ? 1 : 0,
                node.bucket(),
                Optional.empty(),
                Optional.of(key.metricName()));
    }
}
