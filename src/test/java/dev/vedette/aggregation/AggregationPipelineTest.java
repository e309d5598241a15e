package dev.vedette.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.aggregation.AggregatedAnomalyScore.Level;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AggregationPipelineTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TimeRange WINDOW =
            new TimeRange(
                    Instant.parse("2026-11-18T20:00:00Z"), Instant.parse("2026-11-18T20:05:00Z"));
    private final AggregationPipeline pipeline = new AggregationPipeline();

    private static MetricScore score(String cluster, String node, String metric, double score) {
        return new MetricScore(
                new SeriesKey(ACME, cluster, node, metric, Labels.NONE),
                score,
                score > 0.6 ? 1 : 0);
    }

    private static AggregatedAnomalyScore find(
            List<AggregatedAnomalyScore> scores, String node, AggregationStrategy strategy) {
        return scores.stream()
                .filter(s -> s.nodeId().orElse("").equals(node) && s.strategy() == strategy)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void metricsBecomeNodesBecomeClustersBecomeTheTenant() {
        Rollup rollup =
                pipeline.run(
                        ACME,
                        WINDOW,
                        List.of(
                                score("eu", "api-01", "cpu_usage", 0.9),
                                score("eu", "api-01", "memory_used", 0.1),
                                score("eu", "api-02", "cpu_usage", 0.3),
                                score("us", "db-01", "errors", 0.8),
                                score("us", "db-01", "requests", 0.0)));

        assertEquals(
                new AggregatedAnomalyScore(
                        ACME,
                        Optional.of("eu"),
                        Optional.of("api-01"),
                        AggregationStrategy.MAX,
                        0.9,
                        2,
                        1,
                        WINDOW),
                rollup.nodes().getFirst());
        assertEquals(
                0.5, find(rollup.nodes(), "api-01", AggregationStrategy.MEAN).aggregateScore());
        assertEquals(0.9, find(rollup.nodes(), "api-01", AggregationStrategy.P95).aggregateScore());
        // errors weigh 3, requests 1
        assertEquals(
                0.6,
                find(rollup.nodes(), "db-01", AggregationStrategy.WEIGHTED).aggregateScore(),
                1e-12);
        assertEquals(12, rollup.nodes().size());
        assertEquals(8, rollup.clusters().size());
        assertEquals(24, rollup.all().count());

        AggregatedAnomalyScore tenant = find(rollup.tenant(), "", AggregationStrategy.MAX);
        assertEquals(Level.TENANT, tenant.level());
        assertEquals(0.9, tenant.aggregateScore());
        assertEquals(5, tenant.numMetricsAnalyzed());
        assertEquals(2, tenant.numAnomaliesDetected());
        // (0.4 + 0.4) / 2: the mean of eu is that of its nodes 0.5 and 0.3
        assertEquals(
                0.4, find(rollup.tenant(), "", AggregationStrategy.MEAN).aggregateScore(), 1e-12);
    }

    @Test
    void tenantWithoutMetricsScoresZeroAndSaysThatNothingWasAnalyzed() {
        Rollup rollup = pipeline.run(ACME, WINDOW, List.of());
        assertEquals(4, rollup.all().count());
        assertEquals(0, rollup.tenant().getFirst().aggregateScore());
        assertEquals(0, rollup.tenant().getFirst().numMetricsAnalyzed());
    }

    @Test
    void metricOfAnotherTenantIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        pipeline.run(
                                new TenantId("other"),
                                WINDOW,
                                List.of(score("eu", "api-01", "cpu_usage", 0.9))));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 20), LongStream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void orderOfTheMetricsDoesNotMatterAndCountsAddUp(long seed) {
        Random random = new Random(seed);
        List<MetricScore> metrics = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            metrics.add(score("c" + i % 3, "n" + random.nextInt(7), "m" + i, random.nextDouble()));
        }
        Rollup rollup = pipeline.run(ACME, WINDOW, metrics);
        Collections.shuffle(metrics, random);
        assertEquals(rollup, pipeline.run(ACME, WINDOW, metrics));
        for (AggregatedAnomalyScore tenant : rollup.tenant()) {
            assertEquals(100, tenant.numMetricsAnalyzed());
            assertEquals(
                    metrics.stream().mapToInt(MetricScore::anomalies).sum(),
                    tenant.numAnomaliesDetected());
        }
        double highest = metrics.stream().mapToDouble(MetricScore::score).max().orElseThrow();
        assertEquals(highest, rollup.tenant().getFirst().aggregateScore());
    }

    @Test
    void aggregatorsRefuseWhatDoesNotBelongTogether() {
        NodeAnomalyAggregator ofNode = new NodeAnomalyAggregator(MetricWeights.UNIFORM);
        assertRefused(() -> ofNode.aggregate(AggregationStrategy.MAX, WINDOW, List.of()));
        for (MetricScore stranger :
                List.of(
                        score("eu", "b", "m", 0),
                        score("us", "a", "m", 0),
                        new MetricScore(
                                new SeriesKey(new TenantId("x"), "eu", "a", "m", Labels.NONE),
                                0,
                                0))) {
            assertRefused(() ->
                    ofNode.aggregate(
                            AggregationStrategy.MAX,
                            WINDOW,
                            List.of(score("eu", "a", "m", 0), stranger)));
        }

        AggregatedAnomalyScore node = aggregated(ACME, "eu", "a", AggregationStrategy.MAX, WINDOW);
        ClusterAnomalyAggregator ofCluster = new ClusterAnomalyAggregator();
        assertRefused(() -> ofCluster.aggregate(List.of()));
        TimeRange later = new TimeRange(WINDOW.to(), WINDOW.to().plusSeconds(300));
        for (AggregatedAnomalyScore stranger :
                List.of(
                        aggregated(ACME, "us", "b", AggregationStrategy.MAX, WINDOW),
                        aggregated(ACME, "eu", null, AggregationStrategy.MAX, WINDOW),
                        aggregated(ACME, "eu", "b", AggregationStrategy.MEAN, WINDOW),
                        aggregated(ACME, "eu", "b", AggregationStrategy.MAX, later),
                        aggregated(
                                new TenantId("x"), "eu", "b", AggregationStrategy.MAX, WINDOW))) {
            assertRefused(() -> ofCluster.aggregate(List.of(node, stranger)));
        }
        assertRefused(() ->
                new TenantAnomalyAggregator()
                        .aggregate(ACME, AggregationStrategy.MAX, WINDOW, List.of(node)));
    }

    private static AggregatedAnomalyScore aggregated(
            TenantId tenant,
            String cluster,
            @org.jspecify.annotations.Nullable String node,
            AggregationStrategy strategy,
            TimeRange window) {
        return new AggregatedAnomalyScore(
                tenant, Optional.of(cluster), Optional.ofNullable(node), strategy, 0, 1, 0, window);
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    @Test
    void rankingPutsTheStrangestFirstAndBreaksTiesByAnomaliesAndName() {
        Rollup rollup =
                pipeline.run(
                        ACME,
                        WINDOW,
                        List.of(
                                score("eu", "b", "m", 0.9),
                                score("eu", "a", "m", 0.9),
                                score("eu", "c", "m1", 0.9),
                                score("eu", "c", "m2", 0.8),
                                score("eu", "d", "m", 0.95),
                                score("eu", "e", "m", 0.1)));
        List<String> top =
                Ranking.top(
                                rollup.nodes().stream()
                                        .filter(n -> n.strategy() == AggregationStrategy.MAX)
                                        .toList(),
                                4)
                        .stream()
                        .map(n -> n.nodeId().orElseThrow())
                        .toList();
        assertEquals(List.of("d", "c", "a", "b"), top);
    }

    @Test
    void rankingOfMetricsIsByScoreThenName() {
        List<MetricScore> metrics =
                List.of(
                        score("eu", "a", "z", 0.5),
                        score("eu", "a", "y", 0.5),
                        score("eu", "b", "x", 0.7));
        assertEquals(
                List.of("x", "y"),
                Ranking.topMetrics(metrics, 2).stream().map(m -> m.key().metricName()).toList());
        assertTrue(Ranking.topMetrics(metrics, 0).isEmpty());
    }

    @Test
    void weightsFollowTheGoldenSignals() {
        assertEquals(3, MetricWeights.GOLDEN_SIGNALS.weightOf("http.server.errors"));
        assertEquals(3, MetricWeights.GOLDEN_SIGNALS.weightOf("p99_latency"));
        assertEquals(2, MetricWeights.GOLDEN_SIGNALS.weightOf("Memory-Used"));
        assertEquals(1, MetricWeights.GOLDEN_SIGNALS.weightOf("requests"));
        assertEquals(3, MetricWeights.GOLDEN_SIGNALS.weightOf("disk_errors"));
    }

    @Test
    void scoresOutOfRangeAreRefused() {
        assertRefused(() -> score("eu", "a", "m", 1.01));
        SeriesKey key = new SeriesKey(ACME, "eu", "a", "m", Labels.NONE);
        assertRefused(() -> new MetricScore(key, 0.5, -1));
        assertRefused(() -> of(Optional.of("eu"), Optional.empty(), -0.5, 1, 0));
        assertRefused(() -> of(Optional.of("eu"), Optional.empty(), 0.5, -1, 0));
        assertRefused(() -> of(Optional.of("eu"), Optional.empty(), 0.5, 1, -1));
        assertRefused(() -> of(Optional.of(" "), Optional.empty(), 0.5, 1, 0));
        assertRefused(() -> of(Optional.empty(), Optional.of("a"), 0.5, 1, 0));
    }

    private static AggregatedAnomalyScore of(
            Optional<String> cluster, Optional<String> node, double score, int metrics, int found) {
        return new AggregatedAnomalyScore(
                ACME, cluster, node, AggregationStrategy.MAX, score, metrics, found, WINDOW);
    }
}
