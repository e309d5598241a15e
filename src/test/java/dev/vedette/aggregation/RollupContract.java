package dev.vedette.aggregation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.Lease;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RollupStore} and the {@link ScoreQueries} that read it hold. */
public abstract class RollupContract {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant T5 = T0.plus(ScoreBucket.WIDTH);
    private static final int ALL = 1000;

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final Map<Long, SeriesKey> keys = new HashMap<>();

    /** Where series are made. */
    protected abstract SeriesStore catalogue();

    /** Where score buckets are stored. */
    protected abstract ShardStore shards();

    /** The store of roll-ups under test. */
    protected abstract RollupStore rollups();

    /** The queries under test. */
    protected abstract ScoreQueries scores();

    /** The tenant of this test. */
    protected final TenantId tenant() {
        return tenant;
    }

    @BeforeEach
    void rollUpWhatOthersLeft() {
        rollups().rollUpDue(ALL, _ -> List.of());
    }

    @Test
    void bucketsAreDueOnceTheNewestFirst() {
        ScoreBucket older = bucket(T0, "n1", Map.of("cpu", 0.5f));
        ScoreBucket newer = bucket(T5, "n1", Map.of("cpu", 0.5f));
        store(older, newer);
        assertEquals(
                List.of(new RollupStore.Due(tenant, T5, List.of(newer), List.of(), List.of())),
                rollUp(1));
        assertEquals(
                List.of(new RollupStore.Due(tenant, T0, List.of(older), List.of(), List.of())),
                rollUp(ALL));
        assertEquals(List.of(), rollUp(ALL));
    }

    @Test
    void newScoresMakeABucketDueAgainWithAllItsNodes() {
        ScoreBucket first = bucket(T0, "n1", Map.of("cpu", 0.5f));
        store(first);
        rollUp(ALL);
        ScoreBucket second = bucket(T0, "n2", Map.of("cpu", 0.25f));
        store(second);
        assertEquals(
                List.of(
                        new RollupStore.Due(
                                tenant, T0, List.of(first, second), List.of(), List.of())),
                rollUp(ALL));
    }

    @Test
    void bucketWithNewScoresMeanwhileStaysDue() {
        store(bucket(T0, "n1", Map.of("cpu", 0.5f)));
        ScoreBucket later = bucket(T0, "n1", Map.of("cpu", 0.75f));
        int done =
                rollups()
                        .rollUpDue(
                                ALL,
                                due -> {
                                    store(later);
                                    return List.of();
                                });
        assertEquals(1, done);
        assertEquals(
                List.of(new RollupStore.Due(tenant, T0, List.of(later), List.of(), List.of())),
                rollUp(ALL));
    }

    @Test
    void whatTheRollUpThrowsUndoesEverything() {
        store(bucket(T0, "n1", Map.of("cpu", 0.5f)));
        assertThrows(
                RuntimeException.class,
                () ->
                        rollups()
                                .rollUpDue(
                                        ALL,
                                        _ -> {
                                            throw new IllegalStateException("told to fail");
                                        }));
        assertEquals(Optional.empty(), newest());
        assertEquals(1, rollUp(ALL).size());
        assertEquals(Optional.of(T0), newest());
    }

    @Test
    void ranksTheWorstBucketOfEachPlaceByTheStrategy() {
        store(
                bucket(T0, "n1", Map.of("cpu", 0.875f, "memory", 0.125f)),
                bucket(T5, "n1", Map.of("cpu", 0.25f)),
                bucket(T0, "n2", Map.of("cpu", 0.625f)));
        rollUp(ALL);
        List<ScoreQueries.Ranked> byMax = rank(ScoreLevel.NODE, AggregationStrategy.MAX);
        assertEquals(
                new ScoreQueries.Ranked(
                        ScorePlace.node("c1", "n1"),
                        0.875,
                        2,
                        1,
                        T0,
                        Optional.empty(),
                        Optional.of("cpu")),
                byMax.getFirst());
        List<ScoreQueries.Ranked> byMean = rank(ScoreLevel.NODE, AggregationStrategy.MEAN);
        assertEquals(ScorePlace.node("c1", "n2"), byMean.getFirst().place());
        assertEquals(0.5, byMean.getLast().score());
        ScoreQueries.Ranked cluster = rank(ScoreLevel.CLUSTER, AggregationStrategy.MAX).getFirst();
        assertEquals(ScorePlace.cluster("c1"), cluster.place());
        assertEquals(Optional.of("n1"), cluster.leadingNode());
        assertEquals(1, rank(ScoreLevel.TENANT, AggregationStrategy.MAX).size());
    }

    @Test
    void ranksSeriesByTheirOwnScores() {
        store(bucket(T0, "n1", Map.of("cpu", 0.875f, "memory", 0.125f)));
        List<ScoreQueries.Ranked> ranked = rank(ScoreLevel.METRIC, AggregationStrategy.MEAN);
        assertEquals(
                List.of(Optional.of("cpu"), Optional.of("memory")),
                ranked.stream().map(one -> one.place().metricName()).toList());
        assertEquals(0.125, ranked.getLast().score());
        assertEquals(0, ranked.getLast().numAnomaliesDetected());
    }

    @Test
    void filtersNarrowAndAnotherTenantSeesNothing() {
        store(
                bucket(T0, "n1", Map.of("cpu", 0.875f, "memory", 0.5f)),
                bucket(T0, "n2", Map.of("cpu", 0.625f)));
        rollUp(ALL);
        for (ScoreLevel level : ScoreLevel.values()) {
            ScoreQueries.Question all = question(level, AggregationStrategy.MAX, T5);
            TenantId other = new TenantId("t-" + UUID.randomUUID());
            assertEquals(List.of(), scores().rank(other, all, 9).await().indefinitely());
        }
        ScoreQueries.Question node =
                new ScoreQueries.Question(
                        ScoreLevel.METRIC,
                        Optional.of("c1"),
                        Optional.of("n1"),
                        Optional.of("cpu"),
                        AggregationStrategy.MAX,
                        new TimeRange(T0, T5));
        assertEquals(1, scores().rank(tenant, node, 9).await().indefinitely().size());
        ScoreQueries.Question nodes = question(ScoreLevel.NODE, AggregationStrategy.MAX, T5);
        assertEquals(1, scores().rank(tenant, nodes, 1).await().indefinitely().size());
    }

    @Test
    void lanesHoldTheHighestScoreOfEachStep() {
        Instant t10 = T5.plus(ScoreBucket.WIDTH);
        Instant end = T0.plus(Duration.ofMinutes(30));
        store(
                bucket(T0, "n1", Map.of("cpu", 0.25f)),
                bucket(T5, "n1", Map.of("cpu", 0.75f)),
                bucket(t10, "n2", Map.of("cpu", 0.875f)),
                bucket(end, "n1", Map.of("cpu", 1f)));
        rollUp(ALL);
        for (ScoreLevel level : List.of(ScoreLevel.NODE, ScoreLevel.METRIC)) {
            List<ScoreQueries.Lane> lanes =
                    scores().lanes(
                                    tenant,
                                    question(level, AggregationStrategy.MAX, end),
                                    Duration.ofMinutes(10),
                                    9)
                            .await()
                            .indefinitely();
            assertEquals(Optional.of("n2"), lanes.getFirst().place().nodeId());
            assertArrayEquals(
                    new float[] {Float.NaN, 0.875f, Float.NaN}, lanes.getFirst().scores());
            assertArrayEquals(new float[] {0.75f, Float.NaN, Float.NaN}, lanes.getLast().scores());
            assertArrayEquals(new int[] {1, 0, 0}, lanes.getLast().anomalies());
        }
    }

    @Test
    void anyWindowIsAnsweredAsItsFiveMinutesSay() {
        ScoreOracle oracle = new ScoreOracle(tenant, T0, new Random(7));
        storeRows(oracle.rows(), 0.5f);
        assertAnswersAreThoseOf(oracle);
        hoursAreMade(Integer.MAX_VALUE);
        assertAnswersAreThoseOf(oracle);
        storeRows(oracle.judgedAnew(), 0.25f);
        assertAnswersAreThoseOf(oracle);
        hoursAreMade(3);
        assertAnswersAreThoseOf(oracle);
    }

    private void assertAnswersAreThoseOf(ScoreOracle oracle) {
        for (int i = 0; i < 40; i++) {
            ScoreQueries.Question question = oracle.question();
            int top = i % 3 == 0 ? 3 : ALL;
            assertEquals(
                    oracle.rank(question, top),
                    scores().rank(tenant, question, top).await().indefinitely(),
                    question.toString());
            for (int minutes : new int[] {5, 20, 60, 120}) {
                Duration step = Duration.ofMinutes(minutes);
                assertEquals(
                        oracle.lanes(question, step, top),
                        ScoreOracle.words(
                                scores().lanes(tenant, question, step, top).await().indefinitely()),
                        question + " by " + step);
            }
            TimeRange range = question.range();
            ScoreQueries.Question nodes =
                    ScoreQueries.Question.of(ScoreLevel.NODE, AggregationStrategy.MAX, range);
            assertEquals(
                    ScoreOracle.sizes(oracle.rank(nodes, ALL)),
                    scores().sizes(tenant, range).await().indefinitely(),
                    range.toString());
            assertTrendsAreLanesByBothStrategies(range);
        }
    }

    private void assertTrendsAreLanesByBothStrategies(TimeRange range) {
        Duration step = Duration.ofMinutes(15);
        List<ScoreQueries.Lane> max = clusters(AggregationStrategy.MAX, range, step);
        Map<String, float[]> p95 =
                clusters(AggregationStrategy.P95, range, step).stream()
                        .collect(
                                Collectors.toMap(
                                        RollupContract::cluster, ScoreQueries.Lane::scores));
        List<ScoreQueries.Trend> trends =
                scores().trends(tenant, range, step, 1000).await().indefinitely();
        assertEquals(
                max.stream().map(RollupContract::cluster).toList(),
                trends.stream().map(ScoreQueries.Trend::clusterId).toList());
        for (int i = 0; i < max.size(); i++) {
            assertArrayEquals(max.get(i).scores(), trends.get(i).max());
            assertArrayEquals(p95.get(cluster(max.get(i))), trends.get(i).p95());
        }
    }

    private List<ScoreQueries.Lane> clusters(
            AggregationStrategy strategy, TimeRange range, Duration step) {
        return scores().lanes(
                        tenant,
                        ScoreQueries.Question.of(ScoreLevel.CLUSTER, strategy, range),
                        step,
                        1000)
                .await()
                .indefinitely();
    }

    private static String cluster(ScoreQueries.Lane lane) {
        return lane.place().clusterId().orElseThrow();
    }

    /**
     * Makes, where the store keeps hours, the first of those that are due, as if they had been over
     * for long enough.
     */
    protected void hoursAreMade(int most) {}

    /** Stores those rows as if the job had made them of that score, which has to be a new one. */
    private void storeRows(List<RollupStore.Row> rows, float score) {
        store(bucket(T0, "n1", Map.of("cpu", score)));
        rollups().rollUpDue(ALL, _ -> rows);
    }

    private Optional<Instant> newest() {
        return scores().newestBucket(tenant).await().indefinitely();
    }

    private List<ScoreQueries.Ranked> rank(ScoreLevel level, AggregationStrategy strategy) {
        Instant end = T5.plus(ScoreBucket.WIDTH);
        return scores().rank(tenant, question(level, strategy, end), 9).await().indefinitely();
    }

    private static ScoreQueries.Question question(
            ScoreLevel level, AggregationStrategy strategy, Instant end) {
        return new ScoreQueries.Question(
                level,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                strategy,
                new TimeRange(T0, end));
    }

    /** Rolls up what is due, and gives it back. */
    protected final List<RollupStore.Due> rollUp(int most) {
        List<RollupStore.Due> seen = new ArrayList<>();
        rollups()
                .rollUpDue(
                        most,
                        due -> {
                            seen.addAll(due);
                            return due.stream()
                                    .flatMap(one -> new RollupRows().of(one, this::metric).stream())
                                    .toList();
                        });
        return seen;
    }

    private @Nullable String metric(long id) {
        SeriesKey key = keys.get(id);
        return key == null ? null : key.metricName();
    }

    /** Stores those buckets as one tick. */
    protected final void store(ScoreBucket... buckets) {
        Lease lease = shards().acquire(0, "test", Duration.ofMinutes(1)).orElseThrow();
        long tick = shards().load(0).tick() + 1;
        shards().commit(
                        lease,
                        new TickResult(
                                tick,
                                Watermark.START,
                                List.of(),
                                List.of(buckets),
                                Optional.empty()));
    }

    /** A node's bucket with those scores by metric; above one half an anomaly is open. */
    protected final ScoreBucket bucket(Instant start, String node, Map<String, Float> byMetric) {
        Map<Long, Float> scores = new java.util.TreeMap<>();
        byMetric.forEach((metric, score) -> scores.put(series(node, metric).id().value(), score));
        long[] ids = scores.keySet().stream().mapToLong(Long::longValue).toArray();
        float[] column = new float[ids.length];
        boolean[] anomalous = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            column[i] = scores.getOrDefault(ids[i], 0f);
            anomalous[i] = column[i] > 0.5;
        }
        return new ScoreBucket(tenant, "c1", node, start, ids, column, anomalous);
    }

    private Series series(String node, String metric) {
        SeriesKey key = new SeriesKey(tenant, "c1", node, metric, Labels.of(Map.of("core", "0")));
        Series series =
                catalogue()
                        .findOrCreate(
                                tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 9)
                        .await()
                        .indefinitely()
                        .getFirst()
                        .orElseThrow();
        keys.put(series.id().value(), key);
        return series;
    }
}
