package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.RecordedSpans;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId BETA = new TenantId("beta");

    private final FakePointLog log = new FakePointLog();
    private final Queue<Runnable> lingering = new ArrayDeque<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordedSpans spans = new RecordedSpans();

    @Test
    void requestsThatComeWithinTheLingerShareOneTransaction() {
        GroupCommit commit = groupCommit(2, 1000, 1 << 20);
        CompletableFuture<Void> first = commit(commit, request(ACME, 1, 10));
        CompletableFuture<Void> second = commit(commit, request(BETA, 2, 10));
        assertTrue(log.pending.isEmpty());
        lingerOver();
        assertEquals(1, log.pending.size());
        assertFalse(first.isDone());
        log.succeedNext();
        assertTrue(first.isDone() && second.isDone());
        assertEquals(20, log.durablePoints());
    }

    @Test
    void fullGroupDoesNotLinger() {
        GroupCommit commit = groupCommit(1, 10, 1 << 20);
        put(commit, request(ACME, 1, 10));
        assertEquals(1, log.pending.size());
    }

    @Test
    void whatComesWhileEveryLaneIsBusyGoesWithTheNextCommitAtOnce() {
        GroupCommit commit = groupCommit(1, 1000, 1 << 20);
        put(commit, request(ACME, 1, 1));
        lingerOver();
        CompletableFuture<Void> second = commit(commit, request(ACME, 2, 1));
        CompletableFuture<Void> third = commit(commit, request(ACME, 3, 1));
        assertEquals(1, log.pending.size());
        log.succeedNext();
        assertEquals(1, log.pending.size());
        log.succeedNext();
        assertTrue(second.isDone() && third.isDone());
        assertEquals(2, log.durable);
    }

    @Test
    void secondLaneWorksWhileTheFirstIsBusy() {
        GroupCommit commit = groupCommit(2, 1000, 1 << 20);
        put(commit, request(ACME, 1, 1));
        lingerOver();
        put(commit, request(ACME, 2, 1));
        lingerOver();
        assertEquals(2, log.pending.size());
    }

    @Test
    void shardsAreSplitAndRunsSortedBySeriesInOrderOfArrival() {
        GroupCommit commit = groupCommit(1, 1000, 1 << 20);
        put(commit, request(ACME, 20, 1));
        put(commit, request(ACME, 4, 2));
        put(commit, request(ACME, 5, 1));
        put(commit, request(ACME, 4, 3));
        lingerOver();
        List<ShardBatch> batches = log.pending.element().batches();
        assertEquals(List.of(4, 5), batches.stream().map(ShardBatch::shard).toList());
        PointBatch shard = batches.getFirst().points();
        assertArrayEquals(new long[] {4, 4, 20}, shard.seriesIds());
        assertArrayEquals(new int[] {2, 5, 6}, shard.runEnds());
        assertArrayEquals(new double[] {0, 1, 0, 1, 2, 0}, shard.values());
    }

    @Test
    void commitIsShownInTheTraceOfEachRecordedRequestAndItsRowsNameIt() {
        GroupCommit commit = groupCommit(1, 1000, 1 << 20, spans.tracing);
        SpanContext first = spans.request().getSpanContext();
        SpanContext second = spans.request().getSpanContext();
        put(commit, request(ACME, 4, 10).under(Optional.of(first)));
        put(commit, request(BETA, 5, 10).under(Optional.of(second)));
        put(commit, request(BETA, 6, 10));
        lingerOver();
        List<ShardBatch> batches = log.pending.element().batches();
        log.succeedNext();
        List<SpanData> shown = spans.named("commit");
        assertEquals(
                List.of(first.getSpanId(), second.getSpanId()),
                shown.stream().map(SpanData::getParentSpanId).toList());
        assertEquals(
                List.of(
                        List.of(shown.getFirst().getSpanContext()),
                        List.of(shown.getLast().getSpanContext()),
                        List.of()),
                batches.stream().map(ShardBatch::traces).toList());
    }

    @Test
    void failedCommitIsShownAsFailed() {
        GroupCommit commit = groupCommit(1, 1000, 1 << 20, spans.tracing);
        put(commit, request(ACME, 4, 10).under(Optional.of(spans.request().getSpanContext())));
        lingerOver();
        log.failNext();
        assertEquals(
                StatusCode.ERROR, spans.named("commit").getFirst().getStatus().getStatusCode());
    }

    @Test
    void failedCommitFailsAllOfItsRequestsAndOpensANewLane() {
        GroupCommit commit = groupCommit(1, 1000, 1 << 20);
        CompletableFuture<Void> first = commit(commit, request(ACME, 1, 1));
        CompletableFuture<Void> second = commit(commit, request(BETA, 2, 1));
        lingerOver();
        log.failNext();
        assertUnavailable(first);
        assertUnavailable(second);
        CompletableFuture<Void> third = commit(commit, request(ACME, 1, 1));
        lingerOver();
        log.succeedNext();
        assertTrue(third.isDone());
        assertEquals(2, log.lanesOpened);
        assertEquals(1, log.durablePoints());
    }

    @Test
    void unreachableLogFailsTheRequestsAndLaterOnesRecover() {
        GroupCommit commit = groupCommit(1, 1000, 1 << 20);
        log.setUnreachable(true);
        CompletableFuture<Void> first = commit(commit, request(ACME, 1, 1));
        lingerOver();
        assertUnavailable(first);
        log.setUnreachable(false);
        CompletableFuture<Void> second = commit(commit, request(ACME, 1, 1));
        lingerOver();
        log.succeedNext();
        assertTrue(second.isDone());
    }

    @Test
    void tenantWithItsShareWaitingIsToldToComeBackWhileOthersPass() {
        GroupCommit commit = groupCommit(1, 1000, 4000);
        put(commit, request(ACME, 1, 100));
        assertThrows(TooManyPointsException.class, () -> put(commit, request(ACME, 1, 100)));
        CompletableFuture<Void> other = commit(commit, request(BETA, 2, 100));
        lingerOver();
        log.succeedNext();
        assertTrue(other.isDone());
        put(commit, request(ACME, 1, 100));
    }

    @Test
    void fullQueueRefusesEveryone() {
        GroupCommit commit = groupCommit(1, 1000, 4000);
        put(commit, request(ACME, 1, 100));
        put(commit, request(BETA, 2, 100));
        assertThrows(
                IngestionBusyException.class,
                () -> put(commit, request(new TenantId("gamma"), 3, 100)));
    }

    @Test
    void floodingTenantDoesNotKeepOthersWaiting() {
        GroupCommit commit = groupCommit(1, 30, 1 << 20);
        put(commit, request(ACME, 1, 30));
        for (int i = 0; i < 10; i++) {
            put(commit, request(ACME, 1, 30));
        }
        CompletableFuture<Void> other = commit(commit, request(BETA, 2, 1));
        log.succeedNext();
        log.succeedNext();
        log.succeedNext();
        assertTrue(other.isDone(), "served within two commits of its coming");
    }

    @Test
    void whateverHappensEveryRequestIsAnsweredAndOnlyDurableOnesAreAcknowledged() {
        long seed = 7;
        Random random = new Random(seed);
        GroupCommit commit = groupCommit(3, 50, 1 << 20);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int step = 0; step < 3000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    int size = 1 + random.nextInt(20);
                    answers.add(
                            commit(
                                    commit,
                                    request(
                                            random.nextBoolean() ? ACME : BETA,
                                            1 + random.nextInt(40),
                                            size)));
                    sizes.add(size);
                }
                case 2 -> lingerOver();
                case 3 -> finish(random.nextInt(8) == 0);
                default -> log.setUnreachable(random.nextInt(20) == 0);
            }
        }
        while (!lingering.isEmpty() || !log.pending.isEmpty()) {
            lingerOver();
            finish(false);
        }
        int acknowledged = 0;
        for (int i = 0; i < answers.size(); i++) {
            assertTrue(answers.get(i).isDone(), "seed " + seed + " request " + i);
            acknowledged += answers.get(i).isCompletedExceptionally() ? 0 : sizes.get(i);
        }
        assertEquals(log.durablePoints(), acknowledged);
        assertEquals(acknowledged, registry.counter("vedette_ingestion_points_total").count(), 0.1);
    }

    private void finish(boolean fail) {
        if (!log.pending.isEmpty()) {
            if (fail) {
                log.failNext();
            } else {
                log.succeedNext();
            }
        }
    }

    private void lingerOver() {
        while (!lingering.isEmpty()) {
            lingering.remove().run();
        }
    }

    private GroupCommit groupCommit(int lanes, int maxPoints, long maxBytes) {
        return groupCommit(lanes, maxPoints, maxBytes, Tracing.OFF);
    }

    private GroupCommit groupCommit(int lanes, int maxPoints, long maxBytes, Tracing tracing) {
        return new GroupCommit(
                log,
                new CommitSettings(lanes, maxPoints, maxBytes, maxBytes / 2, Duration.ofMinutes(1)),
                lingering::add,
                Runnable::run,
                new IngestionMetrics(registry, new IntakeTally(InstantSource.system())),
                tracing);
    }

    private final List<CompletableFuture<Void>> others = new ArrayList<>();

    private void put(GroupCommit commit, CommitRequest request) {
        others.add(commit(commit, request));
    }

    private static CompletableFuture<Void> commit(GroupCommit commit, CommitRequest request) {
        return commit.commit(request).subscribeAsCompletionStage();
    }

    private static void assertUnavailable(CompletableFuture<Void> answer) {
        ExecutionException failure =
                assertThrows(
                        ExecutionException.class,
                        () -> answer.get(0, java.util.concurrent.TimeUnit.SECONDS));
        assertInstanceOf(StorageUnavailableException.class, failure.getCause());
    }

    private static CommitRequest request(TenantId tenant, long seriesId, int points) {
        long[] times = new long[points];
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            times[i] = 1_760_000_000_000L + i;
            values[i] = i;
        }
        SeriesKey key = new SeriesKey(tenant, "eu-1", "web-1", "m" + seriesId, Labels.NONE);
        Series series =
                new Series(
                        new SeriesId(tenant, seriesId),
                        key,
                        Optional.empty(),
                        (int) (seriesId % 16));
        return CommitRequest.of(
                tenant, List.of(new CommitRequest.Run(series, 0, points)), times, values, 1);
    }
}
