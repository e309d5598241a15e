package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.detection.engine.NodeRow;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.NodeKey;
import dev.vedette.series.PointBatch;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nodes as wholes, by the worker. */
final class NodeLiveTest {
    private static final int METRICS = 8;
    private static final int ROWS = 4000;
    private static final int BROKEN_FROM = 3500;
    private static final int BROKEN_TO = 3540;

    @Test
    void brokenTieIsOneAnomalyOfTheNodeThatNamesTheMetrics() {
        WorkerWorld world = run(500, 1_000_000, List.of());
        List<Anomaly> found = ofNode(world);
        assertEquals(1, found.size(), found::toString);
        Anomaly one = found.getFirst();
        assertEquals(AnomalyKind.JOINT, one.result().kind());
        assertEquals(AnomalyStatus.CLOSED, one.status());
        long start = one.result().windowStart().toEpochMilli() - WorkerWorld.START.toEpochMilli();
        assertEquals(BROKEN_FROM, start / 60_000.0, 20);
        assertTrue(
                one.contributions().stream()
                        .limit(2)
                        .anyMatch(part -> part.metricName().equals("metric-3")),
                one::toString);
        double told = one.contributions().stream().mapToDouble(Contribution::share).sum();
        assertTrue(told > 0 && told <= 1 + 1e-9, "shares sum to " + told);
    }

    @Test
    void ticksCutElsewhereCheckpointsAndCrashesGiveTheSameNode() {
        WorkerWorld calm = run(500, 1_000_000, List.of());
        WorkerWorld cut = run(7, 1_000_000, List.of());
        WorkerWorld crashed = run(100, 3000, List.of(3, 17, 35, 36));
        assertEquals(rows(calm), rows(cut));
        assertEquals(rows(calm), rows(crashed));
        assertEquals(states(calm), states(cut));
        assertEquals(states(calm), states(crashed));
        assertEquals(wholeScores(calm), wholeScores(crashed));
    }

    @Test
    void tickStoresWhereTheMetricsStoodInTheLatestFiveMinutes() {
        WorkerWorld world = run(500, 1_000_000, List.of());
        NodeLevels levels = world.store.levels.values().iterator().next();
        double[][] values = values();
        // the rows of the last five minutes are not followed by others
        int last = ROWS - 5;
        assertEquals(time(last - 5), levels.bucket().toEpochMilli());
        assertEquals(METRICS, levels.seriesIds().length);
        for (int m = 0; m < METRICS; m++) {
            double mean = java.util.Arrays.stream(values[m], last - 5, last).average().orElse(0);
            assertEquals(mean, levels.means()[m], 1e-4);
        }
    }

    @Test
    void changedThresholdHoldsFromItsTickOnAndIsReplayedAsItWas() {
        Map<Integer, Double> opensLater = Map.of(20, 0.95, 60, 0.6);
        WorkerWorld calm = run(50, 1_000_000, List.of(), opensLater);
        WorkerWorld crashed = run(50, 3000, List.of(21, 33, 61, 71), opensLater);
        assertEquals(List.of(), ofNode(run(50, 1_000_000, List.of(), Map.of(20, 0.95))));
        assertEquals(1, ofNode(calm).size());
        assertEquals(rows(calm), rows(crashed));
        assertEquals(states(calm), states(crashed));
    }

    @Test
    void trialCountsWhatLiveDetectionWouldHaveOpened() {
        WorkerWorld world = run(500, 1_000_000, List.of());
        double[][] values = values();
        Map<SeriesId, PointReader.Points> points = new HashMap<>();
        long[] times =
                java.util.stream.IntStream.range(0, ROWS).mapToLong(NodeLiveTest::time).toArray();
        for (int m = 0; m < METRICS; m++) {
            points.put(world.series.get(m).id(), new PointReader.Points(times, values[m]));
        }
        DetectionPlan plan = world.plans.getFirst();
        for (int from : List.of(0, BROKEN_TO + 60)) {
            TimeRange range =
                    new TimeRange(
                            Instant.ofEpochMilli(time(from)), Instant.ofEpochMilli(time(ROWS)));
            NodeTrial trial = new NodeTrial(world.series, points, range, world.engines);
            assertEquals(from == 0 ? 1 : 0, trial.alarms(_ -> plan, 0.6));
            assertEquals(0, trial.alarms(_ -> plan, 0.95));
        }
    }

    @Test
    void liveScoreIsThatOfTheEvaluatorRunOverTheWholeRows() {
        WorkerWorld world = run(500, 1_000_000, List.of());
        Map<Long, Float> expected = new TreeMap<>();
        NodeEvaluator node = new NodeEvaluator(DetectionSettings.DEFAULT.threshold());
        SeriesEvaluator[] metrics = new SeriesEvaluator[METRICS];
        boolean[] alarmed = new boolean[METRICS];
        NodeRow row = new NodeRow();
        double[][] values = values();
        for (int i = 0; i < ROWS; i++) {
            long time = time(i);
            row.clear(time);
            for (int m = 0; m < METRICS; m++) {
                if (metrics[m] == null) {
                    metrics[m] = world.engines.open(WorkerWorld.ENGINE, DetectionSettings.DEFAULT);
                }
                SeriesEvaluator.Change change = metrics[m].update(time, values[m][i]);
                alarmed[m] =
                        change == SeriesEvaluator.Change.OPENED
                                || (alarmed[m] && change != SeriesEvaluator.Change.CLOSED);
                row.put(m, values[m][i], metrics[m].verdict().strangeness(), alarmed[m]);
            }
            node.update(row);
            if (node.isWarm()) {
                expected.merge(NodeBuckets.startOf(time), (float) node.strength(), Math::max);
            }
        }
        assertEquals(expected, wholeScores(world));
    }

    private static List<Anomaly> ofNode(WorkerWorld world) {
        return world.store.anomalies.values().stream()
                .filter(one -> one.place().series().isEmpty())
                .toList();
    }

    private static Map<UUID, Object> rows(WorkerWorld world) {
        Map<UUID, Object> rows = new TreeMap<>();
        world.store.anomalies.forEach(
                (id, one) -> rows.put(id, List.of(one.result(), one.contributions())));
        return rows;
    }

    private static Map<String, String> states(WorkerWorld world) {
        Map<String, String> states = new TreeMap<>();
        for (Map.Entry<NodeKey, byte[]> one : world.store.nodeStates.entrySet()) {
            states.put(one.getKey().nodeId(), HexFormat.of().formatHex(one.getValue()));
        }
        return states;
    }

    private static Map<Long, Float> wholeScores(WorkerWorld world) {
        Map<Long, Float> scores = new TreeMap<>();
        world.store.buckets.forEach((key, bucket) -> {
            if (bucket.seriesIds()[0] == ScoreBucket.WHOLE_NODE) {
                scores.put(key.bucket().toEpochMilli(), bucket.scores()[0]);
            }
        });
        return scores;
    }

    /** Runs a node; each tick reads that many rows; a new worker takes over before those ticks. */
    private static WorkerWorld run(int rowsATick, int buffered, List<Integer> crashes) {
        return run(rowsATick, buffered, crashes, Map.of());
    }

    /** The same with the threshold changed before some ticks. */
    private static WorkerWorld run(
            int rowsATick, int buffered, List<Integer> crashes, Map<Integer, Double> thresholds) {
        WorkerWorld world = new WorkerWorld(1, METRICS);
        ShardWorker.Limits limits =
                new ShardWorker.Limits(
                        1_000_000, buffered, 3, 4, Duration.ofDays(1), WorkerWorld.TTL);
        ShardWorker worker = world.worker("first", limits);
        double[][] values = values();
        int tick = 0;
        for (int from = 0; from < ROWS; from += rowsATick) {
            world.log.append(0, 1, batch(values, from, Math.min(ROWS, from + rowsATick)));
            if (thresholds.containsKey(tick)) {
                DetectionPlan plan = world.plans.getFirst();
                world.plans.add(plan.withThreshold(thresholds.get(tick)));
            }
            if (crashes.contains(tick++)) {
                worker = world.worker("next " + tick, limits);
                world.now = world.now.plus(WorkerWorld.TTL).plusSeconds(1);
            }
            worker.tick();
        }
        world.now = world.now.plus(Duration.ofDays(2));
        while (worker.tick() != ShardWorker.Outcome.IDLE) {
            // until all is in a checkpoint
        }
        return world;
    }

    private static PointBatch batch(double[][] values, int from, int to) {
        int rows = to - from;
        long[] ids = new long[METRICS];
        int[] ends = new int[METRICS];
        long[] times = new long[METRICS * rows];
        double[] column = new double[METRICS * rows];
        for (int m = 0; m < METRICS; m++) {
            ids[m] = m + 1L;
            ends[m] = (m + 1) * rows;
            for (int i = 0; i < rows; i++) {
                times[m * rows + i] = time(from + i);
                column[m * rows + i] = values[m][from + i];
            }
        }
        return new PointBatch(ids, ends, times, column);
    }

    private static long time(int row) {
        return WorkerWorld.START.toEpochMilli() + row * 60_000L;
    }

    /** Metrics that follow one load; for a while, metric 3 goes against it, within its range. */
    private static double[][] values() {
        Random random = new Random(7);
        double[][] values = new double[METRICS][ROWS];
        double load = 0;
        for (int i = 0; i < ROWS; i++) {
            load = 0.9 * load + random.nextGaussian();
            boolean broken = i >= BROKEN_FROM && i < BROKEN_TO;
            for (int m = 0; m < METRICS; m++) {
                double sign = broken && m == 3 ? -1 : 1;
                values[m][i] = 50 + sign * 2 * load + 0.2 * random.nextGaussian();
            }
        }
        return values;
    }
}
