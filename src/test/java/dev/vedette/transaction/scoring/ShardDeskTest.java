package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.Tracing;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.Handled;
import dev.vedette.transaction.intake.TooManyWaitingException;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShardDeskTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final List<InMemoryDecisionStore.Fault> FAULTS =
            List.of(InMemoryDecisionStore.Fault.values());
    private static final RuleVersion BUSY =
            new RuleVersion(
                    1,
                    new Rule(
                            "busy",
                            "many payments",
                            "features.count_1h > 3 && country == account.home_country",
                            RuleMode.ENABLED,
                            new RuleEffect.Decide(Outcome.REVIEW)),
                    RuleVersion.State.PUBLISHED,
                    "ann",
                    START);

    private final InMemoryDecisionStore store = new InMemoryDecisionStore();
    private final SnapshotKeeper keeper = new SnapshotKeeper(store);
    private Instant now = START;
    private final InstantSource clock = () -> now;

    private ShardDesk desk(String owner) {
        return desk(owner, new SnapshotKeeper(store));
    }

    private ShardDesk desk(String owner, SnapshotKeeper keeping) {
        Settings settings = JudgingWorld.settings(List.of(BUSY), clock);
        return new ShardDesk(
                0,
                owner,
                store,
                new QueueNews(store, Duration.ofMillis(1), clock),
                () -> new ShardJudge(store, settings, Duration.ofMinutes(1), clock),
                keeping,
                new ShardDesk.Limits(
                        3, 100, Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ZERO),
                clock,
                Tracing.OFF);
    }

    private static ReceivedTransaction payment(int number) {
        return TransactionSamples.payment(
                TENANT,
                "p" + number,
                "acc-" + number % 7,
                10 + number % 13,
                START.plusSeconds(20L * number));
    }

    private static List<Handled> answer(Optional<CompletionStage<List<Handled>>> asked) {
        return asked.orElseThrow().toCompletableFuture().join();
    }

    @Test
    void handedOverTransactionIsDecidedAndADuplicateTold() throws InterruptedException {
        ShardDesk desk = desk("a");
        assertEquals(Optional.empty(), desk.offer(List.of(payment(1))));
        assertTrue(desk.work());
        var asked = desk.offer(List.of(payment(1), payment(2), payment(1)));
        assertTrue(desk.work());
        List<Handled> handled = answer(asked);
        assertEquals(
                List.of(false, false, true), handled.stream().map(Handled::isDuplicate).toList());
        assertTrue(handled.stream().allMatch(one -> one.decision().isPresent()));
        assertEquals(2, store.decided.size());
        var again = desk.offer(List.of(payment(2)));
        assertTrue(desk.work());
        assertEquals(List.of(true), answer(again).stream().map(Handled::isDuplicate).toList());
        assertEquals(2, store.decided.size());
    }

    @Test
    void fullInboxIsSaidAtOnce() throws InterruptedException {
        ShardDesk desk = desk("a");
        desk.work();
        for (int i = 0; i < 3; i++) {
            desk.offer(List.of(payment(i)));
        }
        assertThrows(TooManyWaitingException.class, () -> desk.offer(List.of(payment(9))));
    }

    @Test
    void whoWaitedIsToldWhenTheShardIsLost() throws InterruptedException {
        ShardDesk first = desk("a");
        first.work();
        var asked = first.offer(List.of(payment(1)));
        store.expire();
        desk("b").work();
        assertFalse(first.work());
        CompletionException failed = assertThrows(CompletionException.class, () -> answer(asked));
        assertTrue(failed.getCause() instanceof StorageUnavailableException);
        assertEquals(Optional.empty(), first.offer(List.of(payment(1))));
        assertEquals(List.of(), store.decided);
    }

    private void decide(ShardDesk desk, int from, int to) throws InterruptedException {
        for (int next = from; next < to; next += 50) {
            now = now.plusSeconds(10);
            List<ReceivedTransaction> of =
                    IntStream.range(next, next + 50).mapToObj(i -> payment(i)).toList();
            var asked = desk.offer(of);
            assertTrue(desk.work());
            assertEquals(50, answer(asked).size());
        }
    }

    @Test
    void snapshotThatIsBeingWrittenHoldsUpNoDecisionAndSavesTheNextWorkerTheReplay()
            throws InterruptedException {
        CountDownLatch disk = new CountDownLatch(1);
        store.disk = disk;
        ShardDesk first = desk("a");
        first.work();
        decide(first, 0, 1_500);
        assertEquals(1_500, store.decided.size());
        assertEquals(Optional.empty(), store.snapshot(TENANT));
        disk.countDown();
        long latest = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (store.snapshot(TENANT).isEmpty() && System.nanoTime() < latest) {
            Thread.onSpinWait();
        }
        long kept = store.snapshot(TENANT).orElseThrow().seq();
        assertTrue(kept >= 500, "kept after " + kept);
        first.release();
        store.replayed = 0;
        ShardDesk second = desk("b");
        second.work();
        decide(second, 1_500, 1_550);
        assertEquals(1_500 - kept, store.replayed);
    }

    /** At work on a snapshot of 500 decisions. */
    private ShardDesk deskThatWritesASnapshot() throws InterruptedException {
        ShardDesk desk = desk("a", keeper);
        desk.work();
        decide(desk, 0, 500);
        assertFalse(keeper.reserve());
        return desk;
    }

    @Test
    void snapshotIsWrittenWhileNobodyPays() throws InterruptedException {
        ShardDesk desk = deskThatWritesASnapshot();
        long latest = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (store.snapshot(TENANT).isEmpty() && System.nanoTime() < latest) {
            assertTrue(desk.work());
        }
        assertEquals(500, store.snapshot(TENANT).orElseThrow().seq());
    }

    @Test
    void snapshotUnderWayEndsWhenTheShardIsGivenBack() throws InterruptedException {
        deskThatWritesASnapshot().release();
        assertTrue(keeper.reserve());
    }

    @Test
    void snapshotUnderWayEndsWhenTheShardIsLost() throws InterruptedException {
        ShardDesk desk = deskThatWritesASnapshot();
        store.expire();
        desk("b").work();
        now = now.plusSeconds(30);
        assertFalse(desk.work());
        assertTrue(keeper.reserve());
    }

    @Test
    void snapshotUnderWayEndsWhenACommitFails() throws InterruptedException {
        ShardDesk desk = deskThatWritesASnapshot();
        store.fault = InMemoryDecisionStore.Fault.AFTER;
        desk.offer(List.of(payment(500)));
        assertThrows(StorageUnavailableException.class, desk::work);
        assertTrue(keeper.reserve());
    }

    static List<Long> seeds() {
        return new Random(7).longs(4).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void crashesAndTakeOversLoseNothingAndDoubleNothing(long seed) throws InterruptedException {
        int count = 900;
        Random random = new Random(seed);
        ShardDesk desk = desk("worker-0");
        for (int next = 0; next < count; ) {
            now = now.plusSeconds(5);
            int batch = 1 + random.nextInt(60);
            List<ReceivedTransaction> of = new ArrayList<>();
            for (int i = 0; i < batch && next < count; i++) {
                of.add(payment(next++));
            }
            desk = disturbed(desk, random, of);
        }
        while (store.decided.size() < count) {
            now = now.plusSeconds(5);
            work(desk);
        }
        assertEquals(
                count, store.decided.stream().map(one -> one.received().key()).distinct().count());
        assertSameAsUndisturbed();
    }

    // Handed over or queued; whatever fails is sent again, as senders do.
    private ShardDesk disturbed(ShardDesk desk, Random random, List<ReceivedTransaction> of)
            throws InterruptedException {
        ShardDesk at = desk;
        if (random.nextInt(4) == 0) {
            store.expire();
            at = desk("worker-" + random.nextInt(1_000_000));
        }
        store.fault = FAULTS.get(random.nextInt(FAULTS.size()));
        work(at);
        Optional<CompletionStage<List<Handled>>> asked =
                random.nextBoolean() ? at.offer(of) : Optional.empty();
        if (asked.isEmpty()) {
            of.forEach(store::enqueue);
        }
        work(at);
        if (asked.isPresent() && asked.get().toCompletableFuture().isCompletedExceptionally()) {
            of.forEach(store::enqueue);
        }
        return at;
    }

    private static void work(ShardDesk desk) throws InterruptedException {
        try {
            desk.work();
        } catch (StorageUnavailableException e) {
            assertTrue(
                    String.valueOf(e.getMessage()).startsWith("g")
                            || String.valueOf(e.getMessage()).startsWith("no"));
        }
    }

    private void assertSameAsUndisturbed() {
        ShardJudge judge =
                new ShardJudge(
                        new InMemoryDecisionStore(),
                        JudgingWorld.settings(List.of(BUSY), clock),
                        Duration.ofDays(1),
                        clock);
        List<JudgedTransaction> reference =
                judge.judge(store.decided.stream().map(JudgedTransaction::received).toList());
        assertTrue(reference.stream().anyMatch(one -> one.decision().outcome() == Outcome.REVIEW));
        for (int i = 0; i < reference.size(); i++) {
            assertEquals(
                    reference.get(i).features(), store.decided.get(i).features(), "place " + i);
            assertEquals(reference.get(i).decision(), store.decided.get(i).decision());
            assertEquals(reference.get(i).rules(), store.decided.get(i).rules());
        }
    }
}
