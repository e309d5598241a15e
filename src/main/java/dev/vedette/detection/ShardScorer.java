package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The evaluators of one shard, in memory. A series is brought in with its first point, all of a
 * tick together: two look-ups a tick, never one per series. Not thread-safe: one worker owns it.
 */
final class ShardScorer {
    /** Most series of a tick whose engine is changed: each reads its history again. */
    private static final int MOVES_A_TICK = 32;

    private final int shard;
    private final ShardStore store;
    private final Evaluation evaluation;
    private final Map<Long, SeriesAtWork> atWork = new LinkedHashMap<>(256, 0.75f, true);
    private boolean rebuilt;
    private final ShardNodes nodes;
    private final NodeFindings nodeFindings;

    ShardScorer(int shard, ShardStore store, Evaluation evaluation) {
        this.shard = shard;
        this.store = store;
        this.evaluation = evaluation;
        this.nodes = new ShardNodes(shard, store, evaluation);
        this.nodeFindings = new NodeFindings(shard, store, evaluation);
    }

    /**
     * What judging takes beside the points; framework-free and shared by all shards.
     *
     * @param engines makes evaluators
     * @param settings what was set for a series
     * @param history stored points, when a snapshot is lost
     * @param explainer says an anomaly in words
     * @param listener told of failures and rebuilt states
     * @param judges whether points are judged; when not they are only written into blocks
     */
    record Evaluation(
            EngineRegistry engines,
            SettingsSource settings,
            SeriesHistory history,
            AnomalyExplainer explainer,
            DetectionListener listener,
            boolean judges) {
        /** One that judges. */
        Evaluation(
                EngineRegistry engines,
                SettingsSource settings,
                SeriesHistory history,
                AnomalyExplainer explainer,
                DetectionListener listener) {
            this(engines, settings, history, explainer, listener, true);
        }
    }

    /**
     * What one tick found.
     *
     * @param judged points judged
     * @param late points stored but not judged
     * @param lateStretches those of a series that came after newer ones
     * @param orphaned points of series that are no longer in the catalogue
     * @param anomalies opened, extended or closed, latest state
     * @param findings for the score buckets
     */
    record Outcome(
            int judged,
            int late,
            List<LateStretch> lateStretches,
            int orphaned,
            List<Anomaly> anomalies,
            List<NodeBuckets.Finding> findings) {
        /** Nothing was judged. */
        static final Outcome NONE = new Outcome(0, 0, List.of(), 0, List.of(), List.of());
    }

    /**
     * Judges the points of one tick.
     *
     * @param settings by which
     * @param at the time given to anomalies that are new
     */
    Outcome judge(TickPoints points, SettingsSource.Revision settings, Instant at) {
        bringIn(points, settings);
        Collector found = new Collector(settings, at);
        move(points, settings, found);
        for (long id : points.seriesIds()) {
            SeriesAtWork series = atWork.get(id);
            if (series == null) {
                found.orphaned += points.of(id).size();
            } else {
                judge(series, points.of(id), found);
            }
        }
        found.add(nodes.judge(points.appended(), at));
        return found.outcome();
    }

    /** Judges the points of a tick that is stored already: states move, nothing is emitted. */
    void replay(TickPoints points, SettingsSource.Revision settings) {
        bringIn(points, settings);
        for (long id : points.seriesIds()) {
            SeriesAtWork series = atWork.get(id);
            if (series != null) {
                isolated(series, () -> series.judge(points.of(id), nodes.of(series)));
            }
        }
        nodes.judge(points.appended());
    }

    /** Watches over the nodes that were followed up to the last checkpoint; before any tick. */
    void watch() {
        nodes.watch();
    }

    /**
     * Whether a node may have fallen silent by now, so that a tick is due without points.
     *
     * @param caughtUp whether all that was sent has been read: only then does time count
     */
    boolean mayBeSilent(Instant now, boolean caughtUp) {
        return nodes.mayBeSilent(now, caughtUp);
    }

    /** The states changed since the last checkpoint; unchanged from then on. */
    List<Checkpoint.Snapshot> snapshots() {
        List<SeriesAtWork> changed =
                atWork.values().stream().filter(SeriesAtWork::isChanged).toList();
        rebuilt = false;
        // Each is made when it is asked for: all at once would double the memory of a large shard.
        return new AbstractList<>() {
            @Override
            public Checkpoint.Snapshot get(int index) {
                return changed.get(index).snapshot();
            }

            @Override
            public int size() {
                return changed.size();
            }
        };
    }

    /**
     * Whether an evaluator was made from stored points since the last checkpoint. The tick that did
     * it must be one: made again in a replay, it could have read points that came in later.
     */
    boolean hasRebuilt() {
        return rebuilt;
    }

    /** The states of nodes changed since the last checkpoint; unchanged from then on. */
    List<Checkpoint.NodeSnapshot> nodeSnapshots() {
        return nodes.snapshots();
    }

    /** How many evaluators are in memory, of series and of nodes. */
    int size() {
        return atWork.size() + nodes.size();
    }

    /** Forgets the least recently used evaluators whose state is stored, down to that many. */
    void shrinkTo(int most) {
        nodes.shrinkTo(most);
        int surplus = atWork.size() - most;
        var eldest = atWork.values().iterator();
        while (surplus > 0 && eldest.hasNext()) {
            if (!eldest.next().isChanged()) {
                eldest.remove();
                surplus--;
            }
        }
    }

    private void judge(SeriesAtWork series, TickPoints.Sorted points, Collector found) {
        isolated(series, () -> found.add(series, series.judge(points, nodes.of(series))));
    }

    // A detector that throws spoils its own series only: its state is dropped, and the next tick
    // starts from the last stored one.
    private void isolated(SeriesAtWork series, Runnable judging) {
        try {
            judging.run();
        } catch (RuntimeException e) {
            atWork.remove(series.series().id().value());
            evaluation.listener().failed(series.series(), e);
        }
    }

    // Only while judging, never in a replay: each tick that moves a series is a checkpoint, so the
    // replay starts after it.
    private void move(TickPoints points, SettingsSource.Revision settings, Collector found) {
        int moves = 0;
        for (long id : points.seriesIds()) {
            SeriesAtWork series = atWork.get(id);
            if (series != null && series.isToMove() && moves++ < MOVES_A_TICK) {
                found.end(series);
                long before = points.of(id).epochMillis()[0];
                String reason = "engine was " + series.engine();
                atWork.put(id, rebuild(series.series(), settings, before, reason));
            }
        }
    }

    private void bringIn(TickPoints points, SettingsSource.Revision settings) {
        Set<Long> unknown = new HashSet<>();
        for (long id : points.seriesIds()) {
            SeriesAtWork known = atWork.get(id);
            if (known == null) {
                unknown.add(id);
            } else {
                known.follow(settings, evaluation.engines());
            }
        }
        if (!unknown.isEmpty()) {
            bringIn(unknown, points, settings);
        }
        nodes.bringIn(
                points.seriesIds().stream().map(atWork::get).filter(Objects::nonNull).toList());
    }

    private void bringIn(Set<Long> unknown, TickPoints points, SettingsSource.Revision settings) {
        Map<Long, Series> found = store.series(unknown);
        Map<Long, Checkpoint.Snapshot> snapshots = store.snapshots(shard, found.keySet());
        found.forEach((id, series) -> {
            long before = points.of(id).epochMillis()[0];
            atWork.put(id, open(series, settings, snapshots, before));
        });
    }

    private SeriesAtWork open(
            Series series,
            SettingsSource.Revision settings,
            Map<Long, Checkpoint.Snapshot> snapshots,
            long before) {
        Checkpoint.Snapshot snapshot = snapshots.get(series.id().value());
        if (snapshot == null) {
            DetectionPlan plan = settings.of(series);
            return atWork(series, plan, settings, open(plan));
        }
        try {
            DetectionPlan plan = settings.of(series);
            SeriesEvaluator evaluator =
                    evaluation
                            .engines()
                            .restore(snapshot.engine(), plan.settings(), snapshot.state());
            return new SeriesAtWork(series, snapshot.engine(), plan, settings.number(), evaluator);
        } catch (StorageUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever a snapshot does to its engine, it must not stop the shard.
            return rebuild(series, settings, before, String.valueOf(e.getMessage()));
        }
    }

    private SeriesEvaluator open(DetectionPlan plan) {
        return evaluation.engines().open(plan.engine(), plan.settings());
    }

    private static SeriesAtWork atWork(
            Series series,
            DetectionPlan plan,
            SettingsSource.Revision settings,
            SeriesEvaluator evaluator) {
        return new SeriesAtWork(series, plan.engine(), plan, settings.number(), evaluator);
    }

    private SeriesAtWork rebuild(
            Series series, SettingsSource.Revision settings, long before, String reason) {
        DetectionPlan plan = settings.of(series);
        SeriesEvaluator evaluator = open(plan);
        PointReader.Points points = evaluation.history().before(series, before);
        for (int i = 0; i < points.values().length; i++) {
            evaluator.update(points.epochMillis()[i], points.values()[i]);
        }
        rebuilt = true;
        evaluation.listener().rebuilt(series, reason);
        return atWork(series, plan, settings, evaluator);
    }

    private final class Collector {
        private final Instant at;
        private final List<Anomaly> anomalies = new ArrayList<>();
        private final List<NodeBuckets.Finding> findings = new ArrayList<>();
        private final SettingsSource.Revision settings;
        private int judged;
        private int late;
        private int orphaned;
        private final List<LateStretch> lateStretches = new ArrayList<>();

        Collector(SettingsSource.Revision settings, Instant at) {
            this.settings = settings;
            this.at = at;
        }

        void add(SeriesAtWork series, SeriesAtWork.Outcome outcome) {
            List<Anomaly> explained = explain(series, outcome.anomalies());
            judged += outcome.judged();
            late += outcome.late();
            outcome.lateStretch().ifPresent(lateStretches::add);
            anomalies.addAll(explained);
            findings.addAll(outcome.findings());
        }

        void add(ShardNodes.Outcome outcome) {
            anomalies.addAll(nodeFindings.explained(outcome, settings, at));
            findings.addAll(outcome.findings());
        }

        private List<Anomaly> explain(SeriesAtWork at, Collection<AnomalyResult> results) {
            List<Anomaly> explained = new ArrayList<>(results.size());
            for (AnomalyResult result : results) {
                explained.add(anomaly(at, result));
            }
            return explained;
        }

        /** Its engine leaves: what it holds open is closed, as no other engine will do it. */
        void end(SeriesAtWork series) {
            series.openAnomaly()
                    .map(AnomalyResult::closed)
                    .ifPresent(result -> anomalies.add(anomaly(series, result)));
        }

        private Anomaly anomaly(SeriesAtWork work, AnomalyResult result) {
            Series series = work.series();
            String engine = work.engine();
            return new Anomaly(
                    AnomalyIds.of(series.id().value(), engine, result.windowStart()),
                    series,
                    result,
                    evaluation
                            .explainer()
                            .explain(
                                    AnomalyPlace.of(series),
                                    result,
                                    List.of(),
                                    work.settings().zone()),
                    engine,
                    evaluation.engines().get(engine).version(),
                    result.open() ? AnomalyStatus.OPEN : AnomalyStatus.CLOSED,
                    at);
        }

        Outcome outcome() {
            return new Outcome(judged, late, lateStretches, orphaned, anomalies, findings);
        }
    }
}
