package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeScratch;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** A small world for workers of shard 0: a clock the test moves, a store, series on few nodes. */
final class WorkerWorld {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration TTL = Duration.ofSeconds(10);
    static final String ENGINE = "ewma";

    Instant now = START;
    final InMemoryPointLog log = new InMemoryPointLog(() -> now);
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();
    final InMemoryShardStore store = new InMemoryShardStore(() -> now, log, catalogue);
    Tracing tracing = Tracing.OFF;
    final Listener listener = new Listener();
    final EngineRegistry engines = EngineRegistry.standard();
    final List<Series> series = new ArrayList<>();

    /** How series are judged, by revision: the last one holds. */
    final List<DetectionPlan> plans =
            new ArrayList<>(List.of(new DetectionPlan(ENGINE, DetectionSettings.DEFAULT)));

    WorkerWorld(int nodes, int metrics) {
        for (int n = 0; n < nodes; n++) {
            for (int m = 0; m < metrics; m++) {
                add("node-" + n, "metric-" + m);
            }
        }
    }

    private void add(String node, String metric) {
        TenantId tenant = new TenantId("acme");
        long id = series.size() + 1L;
        SeriesKey key = new SeriesKey(tenant, "c1", node, metric, Labels.NONE);
        Series one = new Series(new SeriesId(tenant, id), key, Optional.of("percent"), 0);
        series.add(one);
        catalogue.add(one);
    }

    ShardWorker worker(String owner, ShardWorker.Limits limits) {
        return new ShardWorker(0, owner, store, news(), evaluation(), limits, () -> now, tracing);
    }

    /** Asked anew each time. */
    LogNews news() {
        return new LogNews(store, Duration.ZERO, () -> now);
    }

    Evaluation evaluation() {
        return new Evaluation(
                engines, new PlanHistory(), this::history, WorkerWorld::words, listener);
    }

    /** The same plan for every series. */
    private final class PlanHistory implements SettingsSource {
        private record Numbered(long number, DetectionPlan plan) implements Revision {
            @Override
            public DetectionPlan of(Series series) {
                return plan;
            }

            @Override
            public double ofWhole(NodeKey node) {
                return plan.settings().threshold();
            }
        }

        @Override
        public Revision latest(long atLeast) {
            return asOf(plans.size() - 1L);
        }

        @Override
        public Revision asOf(long number) {
            return new Numbered(number, plans.get((int) number));
        }
    }

    PointReader.Points history(Series one, long before) {
        TimeRange range = new TimeRange(Instant.EPOCH, Instant.ofEpochMilli(before));
        return new InMemoryPointReader(store)
                .points(one.id().tenant(), List.of(one.id()), range, 100_000)
                .await()
                .indefinitely()
                .getOrDefault(one.id(), PointReader.Points.NONE);
    }

    private static String words(
            AnomalyPlace place, AnomalyResult anomaly, List<Contribution> parts, ZoneId zone) {
        return place.metricName().orElse("node of " + parts.size())
                + " "
                + anomaly.anomalyScore()
                + " "
                + zone;
    }

    /** A batch of one run. */
    static PointBatch run(long seriesId, long[] epochMillis, double... values) {
        return new PointBatch(
                new long[] {seriesId}, new int[] {values.length}, epochMillis, values);
    }

    /** What should be stored: each tick judged once, with maps and sorts and nothing clever. */
    Expected expected() {
        Expected expected = new Expected(this);
        Watermark from = Watermark.START;
        for (Watermark to : store.everTicked(0)) {
            expected.tick(rowsBetween(from, to), plans.get((int) to.settings()).settings());
            from = to;
        }
        return expected;
    }

    private List<LogRow> rowsBetween(Watermark from, Watermark to) {
        return log.everAppended(0).stream()
                .map(InMemoryShardStore::logRow)
                .filter(row -> row.seq() > from.seq(row.lane()))
                .filter(row -> row.seq() <= to.seq(row.lane()))
                .sorted(
                        java.util.Comparator.comparingLong(LogRow::lane)
                                .thenComparingLong(LogRow::seq))
                .toList();
    }

    static final class Expected {
        private final WorkerWorld world;
        final Map<Long, SeriesEvaluator> evaluators = new TreeMap<>();
        final Map<UUID, AnomalyResult> anomalies = new TreeMap<>();
        final Map<ScoreBucket.Key, Map<Long, Float>> scores = new HashMap<>();
        final Map<ScoreBucket.Key, TreeSet<Long>> anomalous = new HashMap<>();
        final Map<Long, SortedMap<Long, Double>> points = new TreeMap<>();
        final Map<NodeKey, NodeAtWork> nodes = new HashMap<>();
        final Map<UUID, AnomalyResult> nodeAnomalies = new TreeMap<>();
        private double threshold;

        Expected(WorkerWorld world) {
            this.world = world;
        }

        void tick(List<LogRow> rows, DetectionSettings settings) {
            threshold = settings.threshold();
            Map<Long, SortedMap<Long, Double>> tick = new TreeMap<>();
            for (LogRow row : rows) {
                PointBatch batch = row.points();
                for (int run = 0; run < batch.runs(); run++) {
                    for (int i = batch.runStart(run); i < batch.runEnds()[run]; i++) {
                        tick.computeIfAbsent(batch.seriesIds()[run], _ -> new TreeMap<>())
                                .put(batch.epochMillis()[i], batch.values()[i]);
                    }
                }
            }
            tick.forEach((id, column) -> {
                points.computeIfAbsent(id, _ -> new TreeMap<>()).putAll(column);
                evaluators.compute(
                        id,
                        (_, known) ->
                                known == null
                                        ? world.engines.open(ENGINE, settings)
                                        : world.engines.restore(
                                                ENGINE, settings, known.snapshot()));
                column.forEach((time, value) -> point(id, time, value));
            });
            long present =
                    rows.stream()
                            .mapToLong(row -> row.committedAt().toEpochMilli())
                            .max()
                            .orElse(Long.MIN_VALUE);
            nodes.values().forEach(node -> judge(node, present));
        }

        private void judge(NodeAtWork node, long present) {
            FoundPeaks peaks = new FoundPeaks();
            NodeTick tick = node.judge(present, peaks);
            for (int i = 0; i < peaks.size(); i++) {
                if (peaks.seriesId(i) != ScoreBucket.WHOLE_NODE) {
                    scores.computeIfAbsent(peaks.key(i), _ -> new TreeMap<>())
                            .merge(peaks.seriesId(i), peaks.score(i), Math::max);
                    anomalous
                            .computeIfAbsent(peaks.key(i), _ -> new TreeSet<>())
                            .add(peaks.seriesId(i));
                }
            }
            for (Absences.Absence found : tick.absences()) {
                long id = node.members()[found.metric()];
                AnomalyResult result = found.result();
                nodeAnomalies.put(AnomalyIds.of(id, "absence", result.windowStart()), result);
            }
            for (NodeAnomaly found : tick.anomalies()) {
                AnomalyResult result = found.result();
                nodeAnomalies.put(AnomalyIds.of(node.key(), "joint", result.windowStart()), result);
            }
        }

        private void point(long id, long time, double value) {
            SeriesEvaluator evaluator = java.util.Objects.requireNonNull(evaluators.get(id));
            if (time <= evaluator.lastEpochMillis()) {
                return;
            }
            evaluator.update(time, value);
            Optional<AnomalyResult> now = evaluator.anomaly();
            NodeAtWork node =
                    nodes.computeIfAbsent(
                            NodeKey.of(world.series.get((int) id - 1).key()),
                            key -> new NodeAtWork(key, 0, new NodeScratch()));
            node.goBy(threshold);
            node.offer(
                    node.place(id),
                    time,
                    value,
                    evaluator.verdict().strangeness(),
                    now.filter(AnomalyResult::open).isPresent());
            now.ifPresent(
                    found -> anomalies.put(AnomalyIds.of(id, ENGINE, found.windowStart()), found));
            if (evaluator.verdict().state() == Verdict.State.JUDGED) {
                ScoreBucket.Key key = key(id, time);
                boolean open = now.filter(AnomalyResult::open).isPresent();
                double alarm = open ? evaluator.verdict().alarmScore() : 0;
                double score = Math.max(evaluator.verdict().anomalyScore(), alarm);
                scores.computeIfAbsent(key, _ -> new TreeMap<>())
                        .merge(id, (float) score, Math::max);
                if (open) {
                    anomalous.computeIfAbsent(key, _ -> new TreeSet<>()).add(id);
                }
            }
        }

        private ScoreBucket.Key key(long id, long time) {
            SeriesKey series = world.series.get((int) id - 1).key();
            Instant bucket = Instant.ofEpochMilli(Math.floorDiv(time, 300_000L) * 300_000L);
            return new ScoreBucket.Key(
                    series.tenant(), series.clusterId(), series.nodeId(), bucket);
        }
    }

    static final class Listener implements DetectionListener {
        final List<Tick> ticks = new ArrayList<>();
        final List<Series> failed = new ArrayList<>();
        final List<Series> rebuilt = new ArrayList<>();

        @Override
        public void ticked(Tick tick) {
            ticks.add(tick);
        }

        @Override
        public void caughtUp(int shard) {
            // nothing to note
        }

        @Override
        public void failed(Series series, RuntimeException cause) {
            failed.add(series);
        }

        @Override
        public void rebuilt(Series series, String reason) {
            rebuilt.add(series);
        }
    }
}
