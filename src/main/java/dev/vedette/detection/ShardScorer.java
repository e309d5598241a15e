package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The evaluators of one shard, in memory. A series is brought in with its first point, all of a
 * tick together: two look-ups a tick, never one per series. Not thread-safe: one worker owns it.
 */
final class ShardScorer {
    private final int shard;
    private final ShardStore store;
    private final Evaluation evaluation;
    private final Map<Long, SeriesAtWork> atWork = new LinkedHashMap<>(256, 0.75f, true);

    ShardScorer(int shard, ShardStore store, Evaluation evaluation) {
        this.shard = shard;
        this.store = store;
        this.evaluation = evaluation;
    }

    /**
     * What judging takes beside the points; framework-free and shared by all shards.
     *
     * @param evaluators makes evaluators
     * @param settings what was set for a series
     * @param history stored points, when a snapshot is lost
     * @param explainer says an anomaly in words
     * @param listener told of failures and rebuilt states
     */
    record Evaluation(
            EvaluatorFactory evaluators,
            SettingsSource settings,
            SeriesHistory history,
            AnomalyExplainer explainer,
            DetectionListener listener) {}

    /**
     * What one tick found.
     *
     * @param judged points judged
     * @param late points stored but not judged
     * @param orphaned points of series that are no longer in the catalogue
     * @param anomalies opened, extended or closed, latest state
     * @param findings for the score buckets
     */
    record Outcome(
            int judged,
            int late,
            int orphaned,
            List<Anomaly> anomalies,
            List<NodeBuckets.Finding> findings) {}

    /**
     * Judges the points of one tick.
     *
     * @param at the time given to anomalies that are new
     */
    Outcome judge(TickPoints points, Instant at) {
        bringIn(points);
        Collector found = new Collector(at);
        for (long id : points.seriesIds()) {
            SeriesAtWork series = atWork.get(id);
            if (series == null) {
                found.orphaned += points.of(id).size();
            } else {
                judge(series, points.of(id), found);
            }
        }
        return found.outcome();
    }

    /** Judges the points of a tick that is stored already: states move, nothing is emitted. */
    void replay(TickPoints points) {
        bringIn(points);
        for (long id : points.seriesIds()) {
            SeriesAtWork series = atWork.get(id);
            if (series != null) {
                isolated(series, () -> series.judge(points.of(id)));
            }
        }
    }

    /** The states changed since the last checkpoint; unchanged from then on. */
    List<Checkpoint.Snapshot> snapshots() {
        List<Checkpoint.Snapshot> snapshots = new ArrayList<>();
        for (SeriesAtWork series : atWork.values()) {
            if (series.isChanged()) {
                snapshots.add(series.snapshot(evaluation.evaluators().engine()));
            }
        }
        return snapshots;
    }

    /** How many evaluators are in memory. */
    int size() {
        return atWork.size();
    }

    /** Forgets the least recently used evaluators whose state is stored, down to that many. */
    void shrinkTo(int most) {
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
        isolated(series, () -> found.add(series, series.judge(points)));
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

    private void bringIn(TickPoints points) {
        Set<Long> unknown =
                points.seriesIds().stream()
                        .filter(id -> !atWork.containsKey(id))
                        .collect(Collectors.toSet());
        if (unknown.isEmpty()) {
            return;
        }
        Map<Long, Series> found = store.series(unknown);
        Map<Long, Checkpoint.Snapshot> snapshots = store.snapshots(shard, found.keySet());
        found.forEach((id, series) -> {
            long before = points.of(id).epochMillis()[0];
            atWork.put(id, open(series, snapshots, before));
        });
    }

    private SeriesAtWork open(
            Series series, Map<Long, Checkpoint.Snapshot> snapshots, long before) {
        EvaluatorFactory evaluators = evaluation.evaluators();
        DetectionSettings settings = evaluation.settings().of(series);
        Checkpoint.Snapshot snapshot = snapshots.get(series.id().value());
        if (snapshot == null) {
            return new SeriesAtWork(series, settings, evaluators.open(settings));
        }
        if (!snapshot.engine().equals(evaluators.engine())) {
            return rebuild(series, settings, before, "engine was " + snapshot.engine());
        }
        try {
            return new SeriesAtWork(
                    series, settings, evaluators.restore(settings, snapshot.state()));
        } catch (RuntimeException e) {
            // Whatever a snapshot does to its engine, it must not stop the shard.
            return rebuild(series, settings, before, String.valueOf(e.getMessage()));
        }
    }

    private SeriesAtWork rebuild(
            Series series, DetectionSettings settings, long before, String reason) {
        SeriesEvaluator evaluator = evaluation.evaluators().open(settings);
        PointReader.Points points = evaluation.history().before(series, before);
        for (int i = 0; i < points.values().length; i++) {
            evaluator.update(points.epochMillis()[i], points.values()[i]);
        }
        evaluation.listener().rebuilt(series, reason);
        return new SeriesAtWork(series, settings, evaluator);
    }

    private final class Collector {
        private final Instant at;
        private final List<Anomaly> anomalies = new ArrayList<>();
        private final List<NodeBuckets.Finding> findings = new ArrayList<>();
        private int judged;
        private int late;
        private int orphaned;

        Collector(Instant at) {
            this.at = at;
        }

        void add(SeriesAtWork series, SeriesAtWork.Outcome outcome) {
            List<Anomaly> explained = explain(series, outcome.anomalies());
            judged += outcome.judged();
            late += outcome.late();
            anomalies.addAll(explained);
            findings.addAll(outcome.findings());
        }

        private List<Anomaly> explain(SeriesAtWork at, Collection<AnomalyResult> results) {
            List<Anomaly> explained = new ArrayList<>(results.size());
            for (AnomalyResult result : results) {
                explained.add(anomaly(at.series(), at.settings(), result));
            }
            return explained;
        }

        private Anomaly anomaly(Series series, DetectionSettings settings, AnomalyResult result) {
            String engine = evaluation.evaluators().engine();
            return new Anomaly(
                    AnomalyIds.of(series.id().value(), engine, result.windowStart()),
                    series,
                    result,
                    evaluation.explainer().explain(series, result, settings.zone()),
                    engine,
                    evaluation.evaluators().version(),
                    result.open() ? AnomalyStatus.OPEN : AnomalyStatus.CLOSED,
                    at);
        }

        Outcome outcome() {
            return new Outcome(judged, late, orphaned, anomalies, findings);
        }
    }
}
