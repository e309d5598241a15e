package dev.vedette.transaction.scoring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SnapshotTakerTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final FeatureSet CHANNELS =
            new FeatureSet(
                    List.of(
                            FeatureSpec.known(
                                    "by_channel",
                                    FeatureFunction.COUNT,
                                    "channel",
                                    FeatureWindow.DAY)));

    private final InstantSource clock = InstantSource.fixed(START);
    private final AtomicReference<FeatureDeclarations> declared =
            new AtomicReference<>(FeatureDeclarations.STANDARD);

    /** A worker of one shard, without its desk. */
    private final class Worker {
        private final InMemoryDecisionStore store;
        private final Settings settings = JudgingWorld.settings(declared::get, clock);
        private final SnapshotKeeper keeper;
        private final ShardJudge judge;
        private final SnapshotTaker taker;
        private final ShardLease lease;

        Worker(InMemoryDecisionStore store) {
            this.store = store;
            keeper = new SnapshotKeeper(store);
            judge = new ShardJudge(store, settings, Duration.ZERO, clock);
            taker = new SnapshotTaker(judge, keeper, clock);
            lease = store.acquire(0, "worker", Duration.ofSeconds(30)).orElseThrow();
        }

        void decide(int from, int to) {
            List<ReceivedTransaction> part =
                    IntStream.range(from, to).mapToObj(SnapshotTakerTest::payment).toList();
            store.decide(lease, from, part, List.of(), judge::judge);
        }

        /** Begins a snapshot. */
        void begin(int seq) {
            taker.work(seq);
            assertFalse(keeper.reserve());
        }

        DecisionStore.Snapshot kept() {
            await().until(() -> store.snapshot(TENANT).isPresent());
            return store.snapshot(TENANT).orElseThrow();
        }
    }

    private static ReceivedTransaction payment(int number) {
        return TransactionSamples.payment(
                TENANT,
                "p" + number,
                "acc-" + number * 7 % 4_000,
                10 + number % 17,
                START.plusSeconds(number));
    }

    @Test
    void snapshotWrittenBetweenDecisionsIsThatOfTheOneItWasBegunAfter() {
        Worker undisturbed = new Worker(new InMemoryDecisionStore());
        undisturbed.decide(0, 3_000);
        undisturbed.begin(3_000);
        Duration look = Duration.ofMillis(100);
        while (undisturbed.taker.patience(look).compareTo(look) < 0) {
            undisturbed.taker.work(3_000);
        }
        Worker busy = new Worker(new InMemoryDecisionStore());
        busy.decide(0, 3_000);
        busy.begin(3_000);
        int seq = 3_000;
        while (busy.taker.patience(look).compareTo(look) < 0) {
            busy.decide(seq, seq + 200);
            seq += 200;
            busy.taker.work(seq);
        }
        assertTrue(seq > 4_000, "slices: " + (seq - 3_000) / 200);
        DecisionStore.Snapshot kept = busy.kept();
        assertEquals(3_000, kept.seq());
        List<byte[]> expected = undisturbed.kept().state();
        assertEquals(expected.size(), kept.state().size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), kept.state().get(i), "piece " + i);
        }
        Worker next = new Worker(busy.store);
        next.decide(seq, seq + 200);
        assertEquals(seq - 3_000, busy.store.replayed);
        undisturbed.decide(3_000, seq + 200);
        assertEquals(undisturbed.store.decided, busy.store.decided);
    }

    @Test
    void droppedSnapshotLeavesItsPlaceToAnother() {
        Worker worker = new Worker(new InMemoryDecisionStore());
        worker.decide(0, 600);
        worker.begin(600);
        worker.taker.drop();
        assertTrue(worker.keeper.reserve());
        worker.taker.drop();
        assertFalse(worker.keeper.reserve());
    }

    @Test
    void snapshotOfAStateThatIsRebuiltForOtherFeaturesIsDropped() {
        Worker worker = new Worker(new InMemoryDecisionStore());
        worker.decide(0, 600);
        worker.begin(600);
        declared.set(new FeatureDeclarations(1, CHANNELS));
        worker.settings.forget(TENANT);
        worker.decide(600, 601);
        worker.taker.work(601);
        assertTrue(worker.keeper.reserve());
        worker.keeper.free();
        worker.begin(601);
        assertEquals(Optional.empty(), worker.store.snapshot(TENANT));
    }

    @Test
    void nothingIsBegunOnceTheKeeperHasStopped() {
        Worker worker = new Worker(new InMemoryDecisionStore());
        worker.decide(0, 600);
        worker.keeper.stop();
        worker.taker.work(600);
        assertEquals(Duration.ofMillis(100), worker.taker.patience(Duration.ofMillis(100)));
    }
}
