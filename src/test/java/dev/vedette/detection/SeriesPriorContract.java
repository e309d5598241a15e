package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a series begins with, of the contract of {@link ShardStore}, and what workers make of it.
 */
public abstract class SeriesPriorContract {
    private static final String ENGINE = "ensemble";
    private static final EngineRegistry ENGINES = EngineRegistry.standard();
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofDays(1000);
    private static final long STEP = 300_000;
    private static final long BIRTH = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    private static final byte[] STATE = {1, 2};

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final WorkerWorld.Listener listener = new WorkerWorld.Listener();
    private int shard;
    private int siblingsShard;
    private long lane;
    private long seq;

    /** The store under test. */
    protected abstract ShardStore store();

    /** A shard without leases, rows and ticks. */
    protected abstract int freshShard();

    /** The series of that key, in the catalogue; the shard may be another. */
    protected abstract Series series(SeriesKey key);

    /** Opens a lane. */
    protected abstract long openLane();

    /** Appends a row, durably. */
    protected abstract void append(int shard, long lane, long seq, PointBatch points);

    /** Makes the shard's lease expire. */
    protected abstract void expire(int shard);

    @BeforeEach
    void takeAShard() {
        shard = freshShard();
        siblingsShard = freshShard();
        lane = openLane();
    }

    private Series series(String cluster, String node, String metric) {
        return series(new SeriesKey(tenant, cluster, node, metric, Labels.NONE));
    }

    @Test
    void priorIsStoredWithItsTickAndNeverReplaced() {
        Series one = series("c", "n", "cpu");
        long id = one.id().value();
        assertEquals(Map.of(), store().priors(List.of(id)));
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        commit(lease, List.of(new SeriesPrior(id, ENGINE, 5, STATE)), List.of());
        commit(lease, List.of(new SeriesPrior(id, ENGINE, 7, new byte[] {3})), List.of());
        SeriesPrior stored = prior(one);
        assertEquals(5, stored.siblings());
        assertEquals(ENGINE, stored.engine());
        assertArrayEquals(STATE, stored.prior());
    }

    @Test
    void ofTwoWorkersOnlyTheHolderOfTheLeaseStoresAPrior() {
        Series one = series("c", "n", "cpu");
        long id = one.id().value();
        Lease lost = store().acquire(shard, "a", TTL).orElseThrow();
        expire(shard);
        Lease held = store().acquire(shard, "b", TTL).orElseThrow();
        SeriesPrior late = new SeriesPrior(id, ENGINE, 3, new byte[] {3});
        assertThrows(LeaseLostException.class, () -> commit(lost, List.of(late), List.of()));
        commit(held, List.of(new SeriesPrior(id, ENGINE, 5, STATE)), List.of());
        assertEquals(5, prior(one).siblings());
    }

    @Test
    void siblingsAreReadySeriesOfTheMetricThoseOfTheClusterFirst() {
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series fresh = series("c1", "n9", "cpu");
        commit(
                lease,
                List.of(),
                List.of(
                        snapshot(series("c0", "n1", "cpu"), ENGINE, 10, true),
                        snapshot(series("c1", "n2", "cpu"), ENGINE, 11, true),
                        snapshot(series("c1", "n1", "cpu"), ENGINE, 12, true),
                        snapshot(series("c1", "n3", "cpu"), ENGINE, 13, false),
                        snapshot(series("c1", "n4", "cpu"), "ewma", 14, true),
                        snapshot(series("c1", "n5", "memory"), ENGINE, 15, true),
                        snapshot(
                                series(
                                        new SeriesKey(
                                                tenant,
                                                "c1",
                                                "n6",
                                                "cpu",
                                                Labels.of(Map.of("core", "0")))),
                                ENGINE,
                                16,
                                true),
                        snapshot(
                                series(
                                        new SeriesKey(
                                                new TenantId("t-" + UUID.randomUUID()),
                                                "c1",
                                                "n1",
                                                "cpu",
                                                Labels.NONE)),
                                ENGINE,
                                17,
                                true)));
        assertEquals(List.of(11, 12, 10), siblings(fresh, 8));
        assertEquals(List.of(11, 12), siblings(fresh, 2));
        assertEquals(List.of(), siblings(series("c1", "n9", "swap"), 8));
    }

    private List<Integer> siblings(Series fresh, int most) {
        Siblinghood kind = Siblinghood.of(fresh, ENGINE);
        return store().siblings(List.of(kind), most).getOrDefault(kind, List.of()).stream()
                .map(state -> (int) state[0])
                .toList();
    }

    private static Checkpoint.Snapshot snapshot(
            Series one, String engine, int state, boolean warm) {
        return new Checkpoint.Snapshot(
                one.id().value(),
                engine,
                new byte[] {(byte) state},
                warm ? OptionalLong.empty() : OptionalLong.of(BIRTH));
    }

    @Test
    void replayRebuildAndBackfillBeginWithWhatTheFirstPointBeganWith() {
        List<Series> siblings = learnt(BIRTH, 1);
        Series fresh = series("c", "fresh", "cpu");
        send(fresh, 0, 15);
        worker("a", fresh, NEVER).tick();
        SeriesPrior prior = prior(fresh);
        assertEquals(siblings.size(), prior.siblings());
        // Siblings go on and are others by now; nobody may look at them again.
        expire(shard);
        learnt(BIRTH, 3);

        send(fresh, 15, 40);
        worker("b", fresh, Duration.ZERO).tick();
        assertArrayEquals(judged(fresh, prior, 40).snapshot(), state(fresh));

        spoil(fresh);
        send(fresh, 40, 60);
        worker("c", fresh, Duration.ZERO).tick();
        assertEquals(List.of(fresh), listener.rebuilt);
        assertArrayEquals(judged(fresh, prior, 60).snapshot(), state(fresh));

        long firstJudged = time(10) / STEP * STEP;
        assertEquals(firstJudged, replayed(fresh, Optional.of(prior)).buckets()[0]);
        assertFalse(replayed(fresh, Optional.empty()).buckets()[0] == firstJudged);
    }

    @Test
    void aSeriesThatBeganWithoutPriorNeverGetsOne() {
        Series fresh = series("c", "fresh", "cpu");
        send(fresh, 0, 5);
        worker("a", fresh, Duration.ZERO).tick();
        expire(shard);
        learnt(BIRTH, 1);
        send(fresh, 5, 20);
        worker("b", fresh, Duration.ZERO).tick();
        assertEquals(Map.of(), store().priors(List.of(fresh.id().value())));
    }

    /** Three series that have lived for two days before. */
    private List<Series> learnt(long until, double amplitude) {
        List<Series> siblings =
                List.of(
                        series("c", "n1", "cpu"),
                        series("c", "n2", "cpu"),
                        series("d", "n3", "cpu"));
        Lease lease = store().acquire(siblingsShard, "old", TTL).orElseThrow();
        commit(
                lease,
                List.of(),
                siblings.stream().map(one -> learnt(one, until, amplitude)).toList());
        store().release(lease);
        return siblings;
    }

    private static Checkpoint.Snapshot learnt(Series one, long until, double amplitude) {
        SeriesEvaluator evaluator = ENGINES.open(ENGINE, DetectionSettings.DEFAULT);
        LongToDoubleFunction wave = wave(one, amplitude);
        for (long t = until - 2 * 86_400_000; t < until; t += STEP) {
            evaluator.update(t, wave.applyAsDouble(t));
        }
        return new Checkpoint.Snapshot(one.id().value(), ENGINE, evaluator.snapshot());
    }

    private static LongToDoubleFunction wave(Series one, double amplitude) {
        long node = one.key().nodeId().hashCode();
        return t -> {
            double noise = ((t / STEP * 2_654_435_761L + node * 40_503) >>> 7) % 1000 / 1000.0;
            return 50 + node % 7 + amplitude * (10 * Math.sin(t / 13_750_987.0) + noise);
        };
    }

    private static long time(int index) {
        return BIRTH + index * STEP;
    }

    private static PointReader.Points points(Series one, int from, int to) {
        long[] times = LongStream.range(from, to).map(i -> BIRTH + i * STEP).toArray();
        return new PointReader.Points(
                times, Arrays.stream(times).mapToDouble(wave(one, 1)).toArray());
    }

    private void send(Series one, int from, int to) {
        PointReader.Points sent = points(one, from, to);
        append(
                shard,
                lane,
                ++seq,
                WorkerWorld.run(one.id().value(), sent.epochMillis(), sent.values()));
    }

    private static SeriesEvaluator judged(Series one, SeriesPrior prior, int points) {
        SeriesEvaluator evaluator =
                ENGINES.open(
                        ENGINE,
                        DetectionSettings.DEFAULT,
                        new Verdict(),
                        Optional.of(prior.prior()));
        PointReader.Points sent = points(one, 0, points);
        for (int i = 0; i < points; i++) {
            evaluator.update(sent.epochMillis()[i], sent.values()[i]);
        }
        return evaluator;
    }

    private SeriesReplay.Scores replayed(Series one, Optional<SeriesPrior> prior) {
        TimeRange range =
                new TimeRange(Instant.ofEpochMilli(BIRTH), Instant.ofEpochMilli(time(60)));
        SeriesReplay replay =
                new SeriesReplay(
                        one,
                        prior,
                        ENGINES,
                        new DetectionPlan(ENGINE, DetectionSettings.DEFAULT),
                        0,
                        LiveRun.WORDS,
                        range,
                        Optional.empty());
        replay.judge(points(one, 0, 60));
        return replay.scores();
    }

    private SeriesPrior prior(Series one) {
        long id = one.id().value();
        return Objects.requireNonNull(store().priors(List.of(id, id + 1)).get(id));
    }

    private byte[] state(Series one) {
        long id = one.id().value();
        return Objects.requireNonNull(store().snapshots(shard, List.of(id)).get(id)).state();
    }

    private void spoil(Series one) {
        expire(shard);
        Lease lease = store().acquire(shard, "spoiler", TTL).orElseThrow();
        commit(lease, List.of(), List.of(snapshot(one, ENGINE, 1, true)));
        store().release(lease);
    }

    private ShardWorker worker(String owner, Series one, Duration checkpoints) {
        Evaluation evaluation =
                new Evaluation(
                        ENGINES,
                        LiveRun.settings(ENGINE),
                        (series, before) -> points(one, 0, (int) ((before - BIRTH) / STEP)),
                        LiveRun.WORDS,
                        listener);
        return new ShardWorker(
                shard,
                owner,
                store(),
                new LogNews(store(), Duration.ZERO, Instant::now),
                evaluation,
                new ShardWorker.Limits(100_000, 10_000_000, 1000, 1000, checkpoints, TTL),
                Instant::now,
                Tracing.OFF);
    }

    private void commit(Lease lease, List<SeriesPrior> priors, List<Checkpoint.Snapshot> states) {
        Optional<Checkpoint> checkpoint =
                states.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Checkpoint(states, List.of(), List.of()));
        ShardStore.ShardState reached = store().load(lease.shard());
        store().commit(
                        lease,
                        new TickResult(
                                reached.tick() + 1,
                                reached.watermark(),
                                List.of(),
                                List.of(),
                                List.of(),
                                priors,
                                Map.of(),
                                List.of(),
                                checkpoint));
    }
}
