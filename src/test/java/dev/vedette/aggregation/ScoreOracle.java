package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Five-minute scores of some nodes over some hours, with gaps and many that are equal; questions
 * about them, and the answers by looking at every one of them.
 */
final class ScoreOracle {
    private static final int BUCKETS = 6 * 12;
    private static final Comparator<ScorePlace> BY_NAME =
            Comparator.<ScorePlace, String>comparing(place -> place.clusterId().orElse(""))
                    .thenComparing(place -> place.nodeId().orElse(""));

    private final TenantId tenant;
    private final Instant start;
    private final Random random;
    private final Map<String, RollupStore.Row> rows = new TreeMap<>();

    /** Of that tenant, the first scores at that full hour. */
    ScoreOracle(TenantId tenant, Instant start, Random random) {
        this.tenant = tenant;
        this.start = start;
        this.random = random;
        for (int place = 0; place < 8; place++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                if (random.nextInt(4) > 0) {
                    put(row(place, bucket, 1));
                }
            }
        }
    }

    /** The scores. */
    List<RollupStore.Row> rows() {
        return List.copyOf(rows.values());
    }

    /** Changes some of the scores, most of them to lower ones, and returns the new ones. */
    List<RollupStore.Row> judgedAnew() {
        List<RollupStore.Row> changed = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            RollupStore.Row row = row(random.nextInt(8), random.nextInt(BUCKETS), 0.25);
            if (changed.stream().noneMatch(other -> key(other).equals(key(row)))) {
                changed.add(row);
                put(row);
            }
        }
        return changed;
    }

    /** Some question about nodes, in a range that begins and ends anywhere or at full hours. */
    ScoreQueries.Question question() {
        int unit = random.nextInt(3) == 0 ? 12 : 1;
        int from = random.nextInt(BUCKETS / unit - 1) * unit;
        int to = from + (1 + random.nextInt((BUCKETS - from) / unit)) * unit;
        boolean narrow = random.nextInt(4) == 0;
        AggregationStrategy[] strategies = AggregationStrategy.values();
        return new ScoreQueries.Question(
                ScoreLevel.NODE,
                narrow ? Optional.of("c1") : Optional.empty(),
                narrow && random.nextBoolean() ? Optional.of("n4") : Optional.empty(),
                Optional.empty(),
                strategies[random.nextInt(strategies.length)],
                new TimeRange(at(from), at(to)));
    }

    /** The right ranking. */
    List<ScoreQueries.Ranked> rank(ScoreQueries.Question question, int top) {
        return byPlace(question).values().stream()
                .map(place -> ranked(place, question.strategy()))
                .sorted(
                        Comparator.comparingDouble(ScoreQueries.Ranked::score)
                                .thenComparingInt(ScoreQueries.Ranked::numAnomaliesDetected)
                                .reversed()
                                .thenComparing(ScoreQueries.Ranked::place, BY_NAME))
                .limit(top)
                .toList();
    }

    /** The right lanes, in words. */
    List<String> lanes(ScoreQueries.Question question, Duration step, int top) {
        return words(
                byPlace(question).values().stream()
                        .map(place -> lane(place, question, step))
                        .sorted(
                                Comparator.comparingDouble(ScoreQueries.Lane::peak)
                                        .reversed()
                                        .thenComparing(ScoreQueries.Lane::place, BY_NAME))
                        .limit(top)
                        .toList());
    }

    /** How large the clusters of all those nodes are. */
    static List<ScoreQueries.ClusterSize> sizes(List<ScoreQueries.Ranked> nodes) {
        Map<String, List<ScoreQueries.Ranked>> byCluster =
                nodes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        node -> node.place().clusterId().orElse(""),
                                        TreeMap::new,
                                        Collectors.toList()));
        return byCluster.entrySet().stream()
                .map(one ->
                        new ScoreQueries.ClusterSize(
                                one.getKey(),
                                one.getValue().size(),
                                one.getValue().stream()
                                        .mapToInt(ScoreQueries.Ranked::numMetricsAnalyzed)
                                        .sum()))
                .toList();
    }

    /** Lanes as words, as their arrays are no values. */
    static List<String> words(List<ScoreQueries.Lane> lanes) {
        return lanes.stream()
                .map(lane ->
                        lane.place()
                                + Arrays.toString(lane.scores())
                                + Arrays.toString(lane.anomalies()))
                .toList();
    }

    private Map<String, List<RollupStore.Row>> byPlace(ScoreQueries.Question question) {
        return rows.values().stream()
                .filter(row -> question.range().contains(row.bucket()))
                .filter(row ->
                        question.clusterId().isEmpty()
                                || question.clusterId().equals(row.place().clusterId()))
                .filter(row ->
                        question.nodeId().isEmpty()
                                || question.nodeId().equals(row.place().nodeId()))
                .collect(
                        Collectors.groupingBy(
                                row -> row.place().toString(), TreeMap::new, Collectors.toList()));
    }

    private static ScoreQueries.Ranked ranked(
            Collection<RollupStore.Row> place, AggregationStrategy strategy) {
        RollupStore.Row worst =
                place.stream()
                        .max(
                                Comparator.<RollupStore.Row>comparingDouble(
                                                row -> score(row, strategy))
                                        .thenComparing(RollupStore.Row::bucket))
                        .orElseThrow();
        return new ScoreQueries.Ranked(
                worst.place(),
                score(worst, strategy),
                place.stream().mapToInt(RollupStore.Row::numMetrics).max().orElseThrow(),
                place.stream().mapToInt(RollupStore.Row::numAnomalies).max().orElseThrow(),
                worst.bucket(),
                worst.leadingNode(),
                worst.leadingMetric());
    }

    private static ScoreQueries.Lane lane(
            Collection<RollupStore.Row> place, ScoreQueries.Question question, Duration step) {
        int steps = (int) Math.ceilDiv(question.range().duration().toMillis(), step.toMillis());
        float[] scores = new float[steps];
        Arrays.fill(scores, Float.NaN);
        int[] anomalies = new int[steps];
        for (RollupStore.Row row : place) {
            Duration into = Duration.between(question.range().from(), row.bucket());
            int bin = (int) into.dividedBy(step);
            float score = (float) score(row, question.strategy());
            scores[bin] = Float.isNaN(scores[bin]) ? score : Math.max(scores[bin], score);
            anomalies[bin] = Math.max(anomalies[bin], row.numAnomalies());
        }
        return new ScoreQueries.Lane(place.iterator().next().place(), scores, anomalies);
    }

    private static double score(RollupStore.Row row, AggregationStrategy strategy) {
        return switch (strategy) {
            case MAX -> row.max();
            case MEAN -> row.mean();
            case WEIGHTED -> row.weighted();
            case P95 -> row.p95();
        };
    }

    private RollupStore.Row row(int place, int bucket, double most) {
        return new RollupStore.Row(
                tenant,
                at(bucket),
                ScoreLevel.NODE,
                ScorePlace.node("c" + place % 2, "n" + place),
                eighth(most),
                eighth(most),
                eighth(most),
                eighth(most),
                1 + random.nextInt(5),
                random.nextInt(3),
                Optional.empty(),
                Optional.of("metric-" + random.nextInt(9)));
    }

    private double eighth(double most) {
        return random.nextInt(9) / 8.0 * most;
    }

    private void put(RollupStore.Row row) {
        rows.put(key(row), row);
    }

    private static String key(RollupStore.Row row) {
        return row.place() + " " + row.bucket();
    }

    private Instant at(int bucket) {
        return start.plus(ScoreBucket.WIDTH.multipliedBy(bucket));
    }
}
