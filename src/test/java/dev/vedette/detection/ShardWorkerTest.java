package dev.vedette.detection;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.ShardWorker.Outcome;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.tracing.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ShardWorkerTest {
    private static final long STEP = 20_000;

    private final WorkerWorld world = new WorkerWorld(1, 2);

    private static ShardWorker.Limits limits(int tickPoints, int bufferedPoints) {
        return new ShardWorker.Limits(
                tickPoints, bufferedPoints, 1000, 1000, Duration.ofHours(1), WorkerWorld.TTL);
    }

    private static final ShardWorker.Limits WIDE = limits(100_000, 1_000_000);
    private static final ShardWorker.Limits CHECKPOINT_EACH_TICK = limits(100_000, 1);

    // Level 50 with little noise; 90 at the given points.
    private void send(long seriesId, int from, int to, Integer... spikes) {
        long[] times = new long[to - from];
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = WorkerWorld.START.toEpochMilli() + (from + i) * STEP;
            values[i] =
                    List.of(spikes).contains(from + i)
                            ? 90
                            : 50 + Math.sin(0.7 * seriesId + 1.3 * (from + i));
        }
        world.log.append(0, 1, WorkerWorld.run(seriesId, times, values));
    }

    @Test
    void aSpikeIsStoredAsAnAnomalyThatOpensAndCloses() {
        ShardWorker worker = world.worker("a", WIDE);
        send(1, 0, 101, 100);
        assertEquals(Outcome.CAUGHT_UP, worker.tick());
        Anomaly open = world.store.anomalies.values().iterator().next();
        assertEquals(AnomalyStatus.OPEN, open.status());
        assertEquals(90, open.result().observed());

        send(1, 101, 130);
        worker.tick();
        assertEquals(1, world.store.anomalies.size());
        Anomaly closed = world.store.anomalies.values().iterator().next();
        assertEquals(AnomalyStatus.CLOSED, closed.status());
        assertEquals(open.createdAt(), closed.createdAt());
        assertEquals(Outcome.IDLE, worker.tick());
    }

    @Test
    void liveDetectionEqualsTheEvaluatorRunOverTheWholeSeries() {
        ShardWorker worker = world.worker("a", limits(100_000, 37));
        for (int i = 0; i < 400; i += 7) {
            send(1, i, i + 7, 90, 200, 201, 202, 333);
            worker.tick();
        }
        SeriesEvaluator offline = world.engines.open(WorkerWorld.ENGINE, DetectionSettings.DEFAULT);
        Map<UUID, AnomalyResult> found = new TreeMap<>();
        world.expected()
                .points
                .getOrDefault(1L, new TreeMap<>())
                .forEach((time, value) -> {
                    offline.update(time, value);
                    offline.anomaly()
                            .ifPresent(anomaly ->
                                    found.put(
                                            AnomalyIds.of(
                                                    1, WorkerWorld.ENGINE, anomaly.windowStart()),
                                            anomaly));
                });
        Map<UUID, AnomalyResult> live = new TreeMap<>();
        world.store.anomalies.forEach((id, anomaly) -> live.put(id, anomaly.result()));
        assertFalse(found.isEmpty());
        assertEquals(found, live);
    }

    @Test
    void secondWorkerWaitsUntilTheLeaseExpires() {
        ShardWorker first = world.worker("a", WIDE);
        ShardWorker second = world.worker("b", WIDE);
        assertEquals(Outcome.IDLE, first.tick());
        assertEquals(Outcome.NOT_MINE, second.tick());
        world.now = world.now.plus(WorkerWorld.TTL);
        assertEquals(Outcome.IDLE, second.tick());
        send(1, 0, 50);
        assertEquals(Outcome.NOT_MINE, first.tick());
        assertEquals(Outcome.CAUGHT_UP, second.tick());
    }

    @Test
    void releasedShardIsTakenAtOnce() {
        ShardWorker first = world.worker("a", WIDE);
        first.tick();
        first.release();
        assertEquals(Outcome.IDLE, world.worker("b", WIDE).tick());
    }

    @Test
    void latePointsAreStoredAndCountedButNotJudged() {
        ShardWorker worker = world.worker("a", CHECKPOINT_EACH_TICK);
        send(1, 0, 50);
        worker.tick();
        send(1, 40, 52);
        worker.tick();
        assertEquals(10, world.listener.ticks.getLast().late());
        assertEquals(2, world.listener.ticks.getLast().judged());
        assertEquals(52, world.store.blocks.getOrDefault(1L, new TreeMap<>()).size());
    }

    @Test
    void damagedSnapshotIsRebuiltFromStoredPoints() {
        ShardWorker worker = world.worker("a", CHECKPOINT_EACH_TICK);
        send(1, 0, 100);
        worker.tick();
        world.store.snapshots.put(
                1L, new Checkpoint.Snapshot(1, WorkerWorld.ENGINE, new byte[] {1, 2, 3}));
        worker.release();
        ShardWorker next = world.worker("b", CHECKPOINT_EACH_TICK);
        send(1, 100, 140, 120);
        next.tick();
        assertEquals(List.of(world.series.getFirst()), world.listener.rebuilt);
        assertEquals(world.expected().anomalies.keySet(), world.store.anomalies.keySet());
        assertFalse(world.store.anomalies.isEmpty());
    }

    /** Series 1 and 2 and their node are three evaluators. */
    @Test
    void statesThatFitAreNotReadBackAfterACheckpoint() {
        assertTrue(readBack(1) > 0);
        world.store.snapshots.clear();
        assertEquals(0, readBack(3));
    }

    private int readBack(int evaluators) {
        ShardWorker worker =
                world.worker(
                        "of " + evaluators,
                        new ShardWorker.Limits(
                                100_000,
                                1,
                                evaluators,
                                1000,
                                Duration.ofHours(1),
                                WorkerWorld.TTL));
        int before = world.store.statesRead;
        int minutes = 100 * evaluators;
        for (int from = minutes; from < minutes + 40; from += 10) {
            send(1, from, from + 10);
            send(2, from, from + 10);
            worker.tick();
        }
        worker.release();
        return world.store.statesRead - before;
    }

    @Test
    void aFailingSeriesDoesNotHoldUpTheOthers() {
        Evaluation usual = world.evaluation();
        Evaluation failing =
                new Evaluation(
                        usual.engines(),
                        usual.settings(),
                        usual.history(),
                        (place, anomaly, parts, zone) -> {
                            if (place.equals(AnomalyPlace.of(world.series.getFirst()))) {
                                throw new IllegalStateException("no words");
                            }
                            return "words";
                        },
                        usual.listener());
        ShardWorker worker =
                new ShardWorker(
                        0,
                        "a",
                        world.store,
                        world.news(),
                        failing,
                        WIDE,
                        () -> world.now,
                        Tracing.OFF);
        send(1, 0, 100, 90);
        send(2, 0, 100, 90);
        assertEquals(Outcome.CAUGHT_UP, worker.tick());
        assertEquals(List.of(world.series.getFirst()), world.listener.failed);
        assertEquals(1, world.store.anomalies.size());
    }

    @Test
    void aTickThatIsGivenUpForAStopIsJudgedOnceByTheNext() {
        AtomicReference<ShardWorker> stopped = new AtomicReference<>();
        Evaluation usual = world.evaluation();
        Evaluation stopping =
                new Evaluation(
                        usual.engines(),
                        usual.settings(),
                        usual.history(),
                        (_, _, _, _) -> {
                            requireNonNull(stopped.get()).askToStop();
                            return "words";
                        },
                        usual.listener());
        ShardWorker first =
                new ShardWorker(
                        0,
                        "a",
                        world.store,
                        world.news(),
                        stopping,
                        WIDE,
                        () -> world.now,
                        Tracing.OFF);
        stopped.set(first);
        send(1, 0, 100, 90);
        send(2, 0, 100, 90);
        assertEquals(Outcome.IDLE, first.tick());
        assertEquals(List.of(), world.listener.ticks);
        assertEquals(Map.of(), world.store.anomalies);

        // at once, not when the lease expires
        assertEquals(Outcome.CAUGHT_UP, world.worker("b", WIDE).tick());
        assertEquals(2, world.store.anomalies.size());
        assertEquals(world.expected().anomalies.keySet(), world.store.anomalies.keySet());
    }

    @Test
    void aReplayThatIsGivenUpForAStopGivesTheShardBack() {
        ShardWorker first = world.worker("a", WIDE);
        send(1, 0, 100, 90);
        first.tick();
        first.release();
        ShardWorker stopped = world.worker("b", WIDE);
        stopped.askToStop();
        assertEquals(Outcome.IDLE, stopped.tick());
        assertEquals(Outcome.IDLE, world.worker("c", WIDE).tick());
        assertEquals(1, world.store.anomalies.size());
    }

    @Test
    void pointsOfADeletedSeriesAreCountedAndPassedOver() {
        ShardWorker worker = world.worker("a", WIDE);
        send(99, 0, 10);
        send(1, 0, 10);
        worker.tick();
        assertEquals(10, world.listener.ticks.getLast().orphaned());
        assertEquals(10, world.listener.ticks.getLast().judged());
    }

    @Test
    void unknownOutcomeOfACommitIsSettledByLoadingAgain() {
        ShardWorker worker = world.worker("a", WIDE);
        send(1, 0, 100, 99);
        world.store.failure = InMemoryShardStore.Failure.AFTER;
        assertThrows(StorageUnavailableException.class, worker::tick);
        assertEquals(Outcome.IDLE, worker.tick());
        send(1, 100, 140);
        worker.tick();
        assertEquals(1, world.store.anomalies.size());
        assertEquals(world.expected().anomalies.keySet(), world.store.anomalies.keySet());
    }

    @Test
    void backlogIsReadInTicksOfBoundedSize() {
        for (int i = 0; i < 10; i++) {
            send(1, i * 10, i * 10 + 10);
        }
        ShardWorker worker = world.worker("a", limits(30, 1000));
        assertEquals(Outcome.MORE, worker.tick());
        assertEquals(30, world.listener.ticks.getLast().judged());
        while (worker.tick() == Outcome.MORE) {
            // until caught up
        }
        assertTrue(world.listener.ticks.size() >= 4);
    }

    @Test
    void checkpointComesByTimeEvenWithoutNewPoints() {
        ShardWorker worker = world.worker("a", WIDE);
        send(1, 0, 10);
        worker.tick();
        assertTrue(world.store.blocks.isEmpty());
        world.now = world.now.plus(Duration.ofHours(1));
        worker.tick();
        assertEquals(10, world.store.blocks.getOrDefault(1L, new TreeMap<>()).size());
        assertEquals(Outcome.IDLE, worker.tick());
        assertEquals(
                List.of(), world.store.read(0, Watermark.START, java.util.Optional.empty(), 9));
    }

    @Test
    void changedThresholdHoldsFromTheNextTickOnAndIsReplayedAsItWas() {
        ShardWorker worker = world.worker("a", WIDE);
        send(1, 0, 101, 100);
        worker.tick();
        assertEquals(1, world.store.anomalies.size());
        world.plans.add(plan(WorkerWorld.ENGINE, Direction.BELOW));
        send(1, 101, 161, 160);
        worker.tick();
        assertEquals(1, world.store.anomalies.size());
        // Were the first tick judged by the new settings, its anomaly would not be open here.
        ShardWorker next = world.worker("a", CHECKPOINT_EACH_TICK);
        send(1, 161, 162);
        next.tick();
        assertEquals(world.expected().anomalies.keySet(), world.store.anomalies.keySet());
        assertEquals(
                java.util.HexFormat.of()
                        .formatHex(requireNonNull(world.expected().evaluators.get(1L)).snapshot()),
                java.util.HexFormat.of()
                        .formatHex(requireNonNull(world.store.snapshots.get(1L)).state()));
    }

    @Test
    void otherEngineLearnsFromStoredPointsAndTheTickIsACheckpoint() {
        ShardWorker worker = world.worker("a", WIDE);
        send(1, 0, 101, 100);
        worker.tick();
        world.plans.add(plan("iqr", Direction.BOTH));
        send(1, 101, 103);
        worker.tick();
        assertTrue(world.listener.ticks.getLast().checkpointed());
        assertEquals("iqr", requireNonNull(world.store.snapshots.get(1L)).engine());
        assertEquals(
                List.of(AnomalyStatus.CLOSED),
                world.store.anomalies.values().stream()
                        .filter(anomaly -> anomaly.engine().equals(WorkerWorld.ENGINE))
                        .map(Anomaly::status)
                        .toList());
        // Not cold: the new engine has judged the hundred points before.
        SeriesEvaluator moved =
                world.engines.restore(
                        "iqr",
                        DetectionSettings.DEFAULT,
                        requireNonNull(world.store.snapshots.get(1L)).state());
        moved.update(WorkerWorld.START.toEpochMilli() + 103 * STEP, 50);
        assertEquals(Verdict.State.JUDGED, moved.verdict().state());
    }

    @Test
    void manySeriesChangeTheirEngineAFewATick() {
        WorkerWorld wide = new WorkerWorld(1, 40);
        ShardWorker worker = wide.worker("a", WIDE);
        for (int round = 0; round < 3; round++) {
            for (int id = 1; id <= 40; id++) {
                long[] time = {WorkerWorld.START.toEpochMilli() + round * STEP};
                wide.log.append(0, 1, WorkerWorld.run(id, time, 50));
            }
            worker.tick();
            if (round == 0) {
                wide.plans.add(plan("iqr", Direction.BOTH));
            } else {
                int moved = round == 1 ? 32 : 40;
                assertEquals(
                        moved,
                        wide.store.snapshots.values().stream()
                                .filter(one -> one.engine().equals("iqr"))
                                .count());
            }
        }
    }

    private static DetectionPlan plan(String engine, Direction direction) {
        return new DetectionPlan(
                engine,
                new DetectionSettings(0.6, direction, 0, 0, DetectionSettings.DEFAULT.zone()));
    }
}
