package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.PointBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that stop sending, by the worker. Series 1 and 2 are node-0, 3 and 4 are node-1. */
final class NodeSilenceTest {
    private static final ShardWorker.Limits LIMITS =
            new ShardWorker.Limits(
                    100_000, 100_000, 1000, 1000, Duration.ofHours(1), WorkerWorld.TTL);

    private final WorkerWorld world = new WorkerWorld(2, 2);
    private ShardWorker worker = world.worker("a", LIMITS);

    @Test
    void nodeThatStopsSendingIsOneAnomalyUntilItReturns() {
        minutes(60, true, true);
        Instant last = world.now;
        minutes(11, false, true);
        assertEquals(List.of(), silences());
        minutes(3, false, true);
        AnomalyResult open = silences().getFirst();
        assertEquals(last, open.windowStart());
        assertEquals(last.plus(Duration.ofMinutes(12)), open.windowEnd());
        assertEquals(true, open.open());
        minutes(30, false, true);
        assertEquals(List.of(open), silences());
        minutes(1, true, true);
        assertEquals(1, silences().size());
        AnomalyResult closed = silences().getFirst();
        assertEquals(false, closed.open());
        assertEquals(world.now, closed.windowEnd());
    }

    @Test
    void silenceOfAllNodesIsNoticedWithoutAnyPoint() {
        minutes(60, true, true);
        minutes(20, false, false);
        assertEquals(2, silences().size());
    }

    @Test
    void workerThatStoodStillHasSeenNobodyFallSilent() {
        minutes(60, true, true);
        world.now = world.now.plus(Duration.ofHours(5));
        world.worker("b", LIMITS).tick();
        assertEquals(List.of(), silences());
    }

    @Test
    void silenceIsNoticedAfterARestartFromACheckpoint() {
        minutes(90, true, true);
        worker.release();
        worker = world.worker("b", LIMITS);
        minutes(20, false, true);
        assertEquals(1, silences().size());
    }

    @Test
    void restartDuringASilenceChangesNothing() {
        minutes(60, true, true);
        minutes(15, false, true);
        List<AnomalyResult> before = silences();
        world.now = world.now.plus(WorkerWorld.TTL).plusSeconds(1);
        worker = world.worker("b", LIMITS);
        minutes(20, false, true);
        assertEquals(before, silences());
        minutes(1, true, true);
        assertEquals(List.of(false), silences().stream().map(AnomalyResult::open).toList());
    }

    @Test
    void importOfHistoryRaisesNoSilence() {
        Instant past = WorkerWorld.START.minus(Duration.ofDays(30));
        for (int i = 0; i < 3000; i++) {
            boolean hole = i > 1000 && i < 2000;
            send(past.plus(Duration.ofMinutes(i)), !hole, true);
        }
        drain();
        minutes(60, false, true);
        assertEquals(List.of(), silences());
    }

    @Test
    void silenceIsGivenUpAfterAWeek() {
        minutes(60, true, true);
        for (int half = 0; half < 8 * 24 * 120; half++) {
            world.now = world.now.plusSeconds(30);
            worker.tick();
        }
        assertEquals(List.of(false, false), silences().stream().map(AnomalyResult::open).toList());
        assertEquals(
                Duration.ofDays(7),
                Duration.between(
                        silences().getFirst().windowStart(), silences().getFirst().windowEnd()));
    }

    private List<AnomalyResult> silences() {
        return world.store.anomalies.values().stream()
                .filter(one -> one.place().series().isEmpty())
                .map(Anomaly::result)
                .filter(one -> one.kind() == AnomalyKind.MISSING)
                .toList();
    }

    private void minutes(int count, boolean first, boolean second) {
        for (int i = 0; i < count; i++) {
            world.now = world.now.plusSeconds(30);
            worker.tick();
            world.now = world.now.plusSeconds(30);
            send(world.now, first, second);
            worker.tick();
        }
    }

    private void drain() {
        while (worker.tick() != ShardWorker.Outcome.IDLE) {
            // until there is nothing more
        }
    }

    private void send(Instant at, boolean first, boolean second) {
        for (long id = 1; id <= 4; id++) {
            if (id <= 2 ? first : second) {
                PointBatch point = WorkerWorld.run(id, new long[] {at.toEpochMilli()}, 50.0 + id);
                world.log.append(0, 1, point);
            }
        }
    }
}
