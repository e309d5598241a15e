package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vedette.Seeds;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.series.PointBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Crashes, failing commits, stolen leases and checkpoints at random change nothing stored, however
 * often thresholds are changed meanwhile.
 */
final class ShardWorkerPropertyTest {
    private static final int NODES = 3;
    private static final int METRICS = 3;

    static Stream<Long> seeds() {
        return Stream.concat(
                Stream.iterate(1L, seed -> seed + 1).limit(40), Stream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void disturbedRunStoresWhatAnUndisturbedOneWould(long seed) {
        Run run = new Run(seed);
        for (int step = 0; step < 600; step++) {
            run.step();
        }
        run.finish();
        run.assertEverythingStoredOnce();
    }

    private static final class Run {
        private final Random random;
        private final WorkerWorld world = new WorkerWorld(NODES, METRICS);
        private final long[] nextTime = new long[NODES * METRICS];
        private final ShardWorker.Limits limits;
        private final List<ShardWorker> workers = new ArrayList<>();
        private int owners;

        Run(long seed) {
            random = new Random(seed);
            limits =
                    new ShardWorker.Limits(
                            20 + random.nextInt(200),
                            50 + random.nextInt(2000),
                            1 + random.nextInt(20),
                            1 + random.nextInt(20),
                            Duration.ofSeconds(5L + random.nextInt(600)),
                            WorkerWorld.TTL);
            java.util.Arrays.fill(nextTime, WorkerWorld.START.toEpochMilli());
            workers.add(newWorker());
            workers.add(newWorker());
        }

        private ShardWorker newWorker() {
            return world.worker("worker-" + owners++, limits);
        }

        void step() {
            switch (random.nextInt(40)) {
                case 39 -> setThreshold();
                default -> disturb();
            }
        }

        private void setThreshold() {
            DetectionSettings usual = DetectionSettings.DEFAULT;
            Direction[] directions = Direction.values();
            world.plans.add(
                    new DetectionPlan(
                            WorkerWorld.ENGINE,
                            new DetectionSettings(
                                    0.4 + 0.1 * random.nextInt(5),
                                    directions[random.nextInt(directions.length)],
                                    random.nextInt(5),
                                    0,
                                    usual.zone())));
        }

        private void disturb() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> append();
                case 4, 5, 6 -> tick();
                case 7 -> world.now = world.now.plusMillis(random.nextInt(8000));
                case 8 -> crash();
                default -> failNextCommit();
            }
        }

        private void append() {
            int[] chosen = random.ints(0, NODES * METRICS).distinct().limit(3).toArray();
            List<PointBatch> runs = new ArrayList<>();
            for (int one : chosen) {
                runs.add(pointsOf(one));
            }
            world.log.append(0, 1 + random.nextInt(4), joined(runs));
        }

        // Mostly onwards in time, now and then back: late and repeated points.
        private PointBatch pointsOf(int one) {
            int count = 1 + random.nextInt(30);
            long time = nextTime[one] - (random.nextInt(6) == 0 ? random.nextInt(600_000) : 0);
            long[] times = new long[count];
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                time += random.nextInt(20) == 0 ? 0 : 20_000;
                times[i] = time;
                values[i] = 50 + random.nextGaussian() + (random.nextInt(60) == 0 ? 40 : 0);
            }
            nextTime[one] = Math.max(nextTime[one], time);
            return WorkerWorld.run(one + 1L, times, values);
        }

        private static PointBatch joined(List<PointBatch> runs) {
            int size = runs.stream().mapToInt(PointBatch::size).sum();
            long[] ids = new long[runs.size()];
            int[] ends = new int[ids.length];
            long[] times = new long[size];
            double[] values = new double[size];
            int at = 0;
            for (int i = 0; i < ids.length; i++) {
                PointBatch run = runs.get(i);
                System.arraycopy(run.epochMillis(), 0, times, at, run.size());
                System.arraycopy(run.values(), 0, values, at, run.size());
                at += run.size();
                ids[i] = run.seriesIds()[0];
                ends[i] = at;
            }
            return new PointBatch(ids, ends, times, values);
        }

        private void tick() {
            try {
                workers.get(random.nextInt(workers.size())).tick();
            } catch (StorageUnavailableException expected) {
                // the test told the store to fail
            }
        }

        private void crash() {
            workers.set(random.nextInt(workers.size()), newWorker());
        }

        private void failNextCommit() {
            world.store.failure =
                    random.nextBoolean()
                            ? InMemoryShardStore.Failure.BEFORE
                            : InMemoryShardStore.Failure.AFTER;
        }

        void finish() {
            world.store.failure = InMemoryShardStore.Failure.NONE;
            world.now = world.now.plus(Duration.ofMinutes(2));
            ShardWorker last = newWorker();
            drain(last);
            world.now = world.now.plus(limits.checkpointInterval());
            drain(last);
        }

        private static void drain(ShardWorker worker) {
            while (worker.tick() != ShardWorker.Outcome.IDLE) {
                // until there is nothing more
            }
        }

        void assertEverythingStoredOnce() {
            WorkerWorld.Expected expected = world.expected();
            Map<UUID, AnomalyResult> stored = new TreeMap<>();
            world.store.anomalies.forEach((id, anomaly) -> stored.put(id, anomaly.result()));
            assertFalse(expected.anomalies.isEmpty(), "the run should hold anomalies");
            Map<UUID, AnomalyResult> all = new TreeMap<>(expected.anomalies);
            all.putAll(expected.nodeAnomalies);
            assertEquals(all, stored);
            Map<String, String> nodes = new TreeMap<>();
            expected.nodes.forEach(
                    (key, node) -> nodes.put(key.nodeId(), hex(node.snapshot().state())));
            Map<String, String> storedNodes = new TreeMap<>();
            world.store.nodeStates.forEach(
                    (key, state) -> storedNodes.put(key.nodeId(), hex(state)));
            assertEquals(nodes, storedNodes);
            assertEquals(expected.points, world.store.blocks);
            assertBuckets(expected);
            Map<Long, String> states = new TreeMap<>();
            expected.evaluators.forEach(
                    (id, evaluator) -> states.put(id, hex(evaluator.snapshot())));
            Map<Long, String> storedStates = new TreeMap<>();
            world.store.snapshots.forEach((id, one) -> storedStates.put(id, hex(one.state())));
            assertEquals(states, storedStates);
            assertEquals(List.of(), world.listener.failed);
            assertEquals(List.of(), world.listener.rebuilt);
        }

        private static String hex(byte[] bytes) {
            return java.util.HexFormat.of().formatHex(bytes);
        }

        private void assertBuckets(WorkerWorld.Expected expected) {
            Map<ScoreBucket.Key, Map<Long, Float>> scores = new HashMap<>();
            Map<ScoreBucket.Key, java.util.TreeSet<Long>> anomalous = new HashMap<>();
            world.store.buckets.forEach((key, bucket) -> {
                for (int i = 0; i < bucket.seriesIds().length; i++) {
                    long id = bucket.seriesIds()[i];
                    if (id == ScoreBucket.WHOLE_NODE) {
                        continue;
                    }
                    scores.computeIfAbsent(key, _ -> new TreeMap<>()).put(id, bucket.scores()[i]);
                    if (bucket.anomalous()[i]) {
                        anomalous.computeIfAbsent(key, _ -> new java.util.TreeSet<>()).add(id);
                    }
                }
            });
            assertEquals(expected.scores, scores);
            assertEquals(expected.anomalous, anomalous);
        }
    }
}
