package dev.vedette.detection.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.LiveRun;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.scheduling.JobState;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What backfills hold, on any store: the same results as live, once, whatever happens. */
public abstract class BackfillContract {
    private static final Instant T0 = Instant.parse("2026-10-01T00:00:00Z");
    private static final long STEP = 300_000;
    private static final int POINTS = 6 * 288;
    private static final int SERIES = 24;
    private static final TimeRange RANGE =
            new TimeRange(T0.plus(Duration.ofDays(3)), T0.plus(Duration.ofDays(5)));
    private static final BackfillRun.Rest NONE = worked -> true;

    private final TenantId tenant = new TenantId("b-" + UUID.randomUUID());
    private List<Series> series = List.of();
    private Lane lane = new Lane(0);
    private long seq;

    /** The work under test. */
    protected abstract BackfillWork work();

    /** The store under test. */
    protected abstract BackfillStore store();

    /** Where live detection works. */
    protected abstract ShardStore shards();

    /** Where series are made. */
    protected abstract SeriesStore catalogue();

    /** Where points are appended. */
    protected abstract PointLog log();

    /** Where anomalies are read. */
    protected abstract AnomalyQueries anomalies();

    @BeforeEach
    void sendAndJudgeLive() {
        List<SeriesStore.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            SeriesKey key = new SeriesKey(tenant, "c", "n" + i / 8, "m" + i % 8, Labels.NONE);
            wanted.add(new SeriesStore.Wanted(key, Optional.of("percent")));
        }
        series =
                catalogue().findOrCreate(tenant, wanted, 1000).await().indefinitely().stream()
                        .map(Optional::orElseThrow)
                        .toList();
        lane = log().openLane().await().indefinitely();
        for (int i = 0; i < SERIES; i++) {
            send(series.get(i), points(i, 0, POINTS));
        }
        live();
    }

    @Test
    void backfillEqualsLiveDetectionOfTheSamePoints() {
        List<Anomaly> live = found();
        List<ScoreBucket> scores = scores();
        assertTrue(live.stream().filter(BackfillContract::isInRange).count() > 10);
        Backfill backfill = queue(request());
        assertEquals(SERIES, backfill.progress().seriesTotal());
        assertEquals(BackfillRun.End.COMPLETED, run(NONE).run(take("w").orElseThrow()));
        assertEquals(live, found());
        assertEquals(scores, scores());
        Backfill.Progress progress = progress(backfill);
        assertEquals(JobState.COMPLETED, progress.state());
        assertEquals(SERIES, progress.seriesDone());
        assertEquals(
                live.stream().filter(BackfillContract::isInRange).count(), progress.anomalies());
    }

    @Test
    void anotherEngineReplacesTheRangeAtOnceAndNothingElse() {
        List<Anomaly> live = found();
        Backfill backfill = queue(request(Optional.of("iqr")));
        BackfillRun.Rest watching =
                worked -> {
                    assertEquals(live, found(), "nothing of it shows before all of it does");
                    return true;
                };
        run(watching).run(take("w").orElseThrow());
        List<Anomaly> after = found();
        assertEquals(
                live.stream().filter(one -> !isInRange(one)).toList(),
                after.stream().filter(one -> !isInRange(one)).toList());
        List<Anomaly> replaced = after.stream().filter(BackfillContract::isInRange).toList();
        assertTrue(replaced.stream().allMatch(one -> one.engine().equals("iqr")));
        assertEquals(progress(backfill).anomalies(), replaced.size());
        assertFalse(replaced.isEmpty());
    }

    @Test
    void engineThatWasNamedAndJudgesWithHindsightSeesTheRangeAsAWhole() {
        Backfill.Request plain = request(Optional.of("batch"));
        // The range ends in the middle of the first series' jump: what is open there ends there.
        TimeRange cut = new TimeRange(RANGE.from(), RANGE.to().plusSeconds(600));
        Backfill backfill =
                queue(
                        new Backfill.Request(
                                plain.filter(),
                                List.of(),
                                cut,
                                plain.engine(),
                                new Backfill.Overrides(
                                        Optional.of(0.05),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                plain.warmUp(),
                                false,
                                Backfill.Reason.SCHEDULE));
        assertEquals(BackfillRun.End.COMPLETED, run(NONE).run(take("w").orElseThrow()));
        List<Anomaly> batch = found().stream().filter(one -> one.engine().equals("batch")).toList();
        assertEquals(progress(backfill).anomalies(), batch.size());
        assertTrue(batch.stream().allMatch(one -> one.status() == AnomalyStatus.CLOSED));
        // Point by point the engine would have nothing to say of its first thirty points.
        Instant early = RANGE.from().plusSeconds(30 * 300);
        assertTrue(
                batch.stream().anyMatch(one -> one.result().windowStart().isBefore(early)),
                batch::toString);
        // What is in the range is the whole of what was judged: points before it taught nothing.
        assertEquals((2L * 288 + 2) * SERIES, progress(backfill).points());
    }

    @Test
    void backfillOfOneIdIsStoredOnce() {
        Backfill backfill = queue(request());
        assertEquals(Optional.of(backfill), store().create(backfill, 10).await().indefinitely());
        store().cancel(tenant, backfill.id()).await().indefinitely();
        assertEquals(
                List.of(backfill.id()),
                store().list(tenant, Optional.empty(), 10).await().indefinitely().stream()
                        .map(Backfill::id)
                        .toList());
    }

    @Test
    void workerThatDiesHalfWayIsFollowedByOneThatGoesOn() {
        List<Anomaly> live = found();
        List<ScoreBucket> scores = scores();
        Backfill backfill = queue(request());
        BackfillWork.Task task = take("first").orElseThrow();
        assertEquals(
                BackfillRun.End.INTERRUPTED,
                run(worked -> progress(backfill).seriesDone() == 0).run(task));
        long done = progress(backfill).seriesDone();
        assertTrue(done > 0 && done < SERIES, "done " + done);
        assertEquals(live, found());
        assertTrue(take("second").isEmpty(), "the first still holds it");
        work().release(task);
        BackfillWork.Task again = take("second").orElseThrow();
        assertEquals(BackfillRun.End.COMPLETED, run(NONE).run(again));
        assertEquals(live, found());
        assertEquals(scores, scores());
        assertEquals(SERIES, progress(backfill).seriesDone());
        // The first wakes up late: it must change nothing.
        assertEquals(BackfillRun.End.LOST, run(NONE).run(task));
    }

    @Test
    void attemptsInARowAreCountedUntilOneBringsSeriesForward() {
        Backfill backfill = queue(request(Optional.of("iqr")));
        assertEquals(1, work().take("lost", Duration.ZERO).orElseThrow().attempt());
        BackfillWork.Task second = work().take("lost too", Duration.ZERO).orElseThrow();
        assertEquals(2, second.attempt());
        BackfillWork.Task third = take("stops").orElseThrow();
        assertEquals(3, third.attempt());
        run(worked -> progress(backfill).seriesDone() == 0).run(third);
        assertTrue(work().keep(third, Duration.ZERO));
        BackfillWork.Task next = take("goes on").orElseThrow();
        assertEquals(2, next.attempt());
        work().fail(next, "given up");
        store().resume(tenant, backfill.id()).await().indefinitely();
        assertEquals(1, take("once more").orElseThrow().attempt(), "resumed, it begins anew");
    }

    @Test
    void cancelledBackfillShowsNothingAndCanGoOn() {
        List<Anomaly> live = found();
        Backfill backfill = queue(request(Optional.of("iqr")));
        AtomicInteger turns = new AtomicInteger();
        BackfillRun.Rest cancelling =
                worked -> {
                    if (turns.incrementAndGet() >= 1 && progress(backfill).seriesDone() > 0) {
                        store().cancel(tenant, backfill.id()).await().indefinitely();
                    }
                    return true;
                };
        assertEquals(BackfillRun.End.LOST, run(cancelling).run(take("w").orElseThrow()));
        assertEquals(JobState.CANCELLED, progress(backfill).state());
        assertEquals(live, found());
        store().resume(tenant, backfill.id()).await().indefinitely();
        assertEquals(BackfillRun.End.COMPLETED, run(NONE).run(take("w").orElseThrow()));
        assertEquals(SERIES, progress(backfill).seriesDone());
    }

    @Test
    void daysThatCameLateAreFoundAndJudged() {
        Series late = newSeries("late");
        send(late, points(0, 0, 3 * 288));
        send(late, points(0, 4 * 288, POINTS));
        live();
        List<Anomaly> before = found();
        send(late, points(0, 3 * 288, 4 * 288));
        live();
        assertEquals(before, found(), "late points are not judged live");
        assertTrue(
                work().queueLate(Duration.ZERO, Duration.ofHours(1), this::backfillOf),
                "the late days were noted");
        assertFalse(work().queueLate(Duration.ZERO, Duration.ofHours(1), this::backfillOf));
        assertEquals(BackfillRun.End.COMPLETED, run(NONE).run(take("w").orElseThrow()));
        // As if all had come in order: series 0 got the same points in order.
        assertEquals(startsOf(series.getFirst(), 3, 4), startsOf(late, 3, 4));
        assertFalse(startsOf(late, 3, 4).isEmpty());
    }

    private Backfill backfillOf(BackfillWork.Late late) {
        Backfill.Request plain = request();
        return new Backfill(
                late.tenant(),
                UUID.randomUUID(),
                new Backfill.Request(
                        SeriesDirectory.Filter.ALL,
                        late.seriesIds(),
                        BackfillRanges.wholeBuckets(late.first(), late.last().plusMillis(1)),
                        plain.engine(),
                        plain.overrides(),
                        plain.warmUp(),
                        false,
                        Backfill.Reason.LATE_DATA),
                Optional.empty(),
                "vedette",
                Instant.now(),
                Backfill.Progress.queued(late.seriesIds().size()));
    }

    private List<Instant> startsOf(Series of, int fromDay, int toDay) {
        return found().stream()
                .filter(one -> one.place().series().filter(of::equals).isPresent())
                .map(one -> one.result().windowStart())
                .filter(start -> !start.isBefore(T0.plus(Duration.ofDays(fromDay))))
                .filter(start -> start.isBefore(T0.plus(Duration.ofDays(toDay))))
                .toList();
    }

    private static boolean isInRange(Anomaly anomaly) {
        Instant start = anomaly.result().windowStart();
        return anomaly.place().series().isPresent()
                && anomaly.result().kind() != AnomalyKind.MISSING
                && !start.isBefore(RANGE.from())
                && start.isBefore(RANGE.to());
    }

    private static Backfill.Request request() {
        return request(Optional.empty());
    }

    private static Backfill.Request request(Optional<String> engine) {
        return new Backfill.Request(
                SeriesDirectory.Filter.ALL,
                List.of(),
                RANGE,
                engine,
                Backfill.Overrides.NONE,
                Optional.empty(),
                false,
                Backfill.Reason.REQUEST);
    }

    private Backfill queue(Backfill.Request request) {
        long fit = store().countSeries(tenant, request).await().indefinitely();
        return store().create(
                        new Backfill(
                                tenant,
                                UUID.randomUUID(),
                                request,
                                Optional.empty(),
                                "tester",
                                Instant.now(),
                                Backfill.Progress.queued(fit)),
                        10)
                .await()
                .indefinitely()
                .orElseThrow();
    }

    private Optional<BackfillWork.Task> take(String owner) {
        return work().take(owner, Duration.ofMinutes(1));
    }

    private BackfillRun run(BackfillRun.Rest rest) {
        return new BackfillRun(
                work(),
                new BackfillRun.Judging(
                        EngineRegistry.complete(), LiveRun.settings("ewma"), LiveRun.WORDS),
                rest,
                Instant::now);
    }

    private Backfill.Progress progress(Backfill backfill) {
        return store().find(tenant, backfill.id()).await().indefinitely().orElseThrow().progress();
    }

    private List<Anomaly> found() {
        return anomalies()
                .list(tenant, AnomalyQueries.Filter.ALL, Optional.empty(), 1000)
                .await()
                .indefinitely();
    }

    private List<ScoreBucket> scores() {
        List<ScoreBucket.Key> keys = new ArrayList<>();
        for (int node = 0; node < SERIES / 8; node++) {
            for (int i = 0; i < POINTS; i++) {
                keys.add(new ScoreBucket.Key(tenant, "c", "n" + node, T0.plusMillis(i * STEP)));
            }
        }
        List<ScoreBucket> scores = new ArrayList<>(shards().buckets(keys));
        scores.sort(
                java.util.Comparator.comparing(ScoreBucket::nodeId)
                        .thenComparing(ScoreBucket::bucket));
        return scores;
    }

    private Series newSeries(String metric) {
        SeriesKey key = new SeriesKey(tenant, "c", "n0", metric, Labels.NONE);
        return catalogue()
                .findOrCreate(tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 1000)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    /** Noise with a jump every day, of its own for each number. */
    private static double[] points(int number, int from, int to) {
        Random random = new Random(number);
        double[] all = new double[to];
        for (int i = 0; i < to; i++) {
            boolean jumps = (i + 31 * number) % 288 < 5;
            all[i] = (jumps ? 95 : 40) + random.nextGaussian();
        }
        double[] wanted = java.util.Arrays.copyOfRange(all, from, to);
        double[] withTime = new double[wanted.length + 1];
        withTime[0] = from;
        System.arraycopy(wanted, 0, withTime, 1, wanted.length);
        return withTime;
    }

    private void send(Series to, double[] points) {
        int count = points.length - 1;
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = T0.toEpochMilli() + ((long) points[0] + i) * STEP;
        }
        PointBatch batch =
                new PointBatch(
                        new long[] {to.id().value()},
                        new int[] {count},
                        times,
                        java.util.Arrays.copyOfRange(points, 1, points.length));
        log().append(lane, ++seq, List.of(new ShardBatch(to.shard(), batch)))
                .await()
                .indefinitely();
    }

    private void live() {
        series.stream()
                .map(Series::shard)
                .distinct()
                .forEach(shard -> LiveRun.drain(shards(), shard, "ewma"));
    }
}
