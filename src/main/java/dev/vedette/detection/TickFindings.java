package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.NodeKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one tick finds on the series and nodes of a shard. */
final class TickFindings {
    private final Evaluation evaluation;
    private final AnomalyForm form;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final FoundPeaks peaks = new FoundPeaks();
    private final List<LateStretch> lateStretches = new ArrayList<>();
    private List<NodeLevels> levels = List.of();
    private int judged;
    private int late;
    private int orphaned;

    /**
     * Nothing so far.
     *
     * @param at the time given to anomalies that are new
     */
    TickFindings(Evaluation evaluation, Instant at) {
        this.evaluation = evaluation;
        this.form = new AnomalyForm(evaluation.explainer(), at);
    }

    /**
     * What one tick found.
     *
     * @param judged points judged
     * @param late points stored but not judged
     * @param lateStretches those of a series that came after newer ones
     * @param orphaned points of series that are no longer in the catalogue
     * @param anomalies opened, extended or closed, latest state
     * @param peaks for the score buckets
     * @param levels of nodes, of the five minutes that ended
     */
    record Outcome(
            int judged,
            int late,
            List<LateStretch> lateStretches,
            int orphaned,
            List<Anomaly> anomalies,
            FoundPeaks peaks,
            List<NodeLevels> levels) {
        /** Nothing was judged. */
        static Outcome none() {
            return new Outcome(0, 0, List.of(), 0, List.of(), new FoundPeaks(), List.of());
        }
    }

    /** Adds what was found on that series: all of it, or nothing where words fail. */
    void add(SeriesAtWork series, SeriesFindings found) {
        if (!found.anomalies().isEmpty()) {
            anomalies.addAll(found.anomalies().stream().map(one -> anomaly(series, one)).toList());
        }
        judged += found.judged();
        late += found.late();
        found.lateStretch(series).ifPresent(lateStretches::add);
        NodeKey node = series.node();
        for (int i = 0; i < found.buckets(); i++) {
            long id = series.series().id().value();
            peaks.add(node, id, found.bucket(i), found.peak(i), found.isAnomalous(i));
        }
    }

    /** Adds anomalies found on nodes, and their levels; their peaks go to {@link #peaks}. */
    void add(List<Anomaly> ofNodes, List<NodeLevels> theirLevels) {
        anomalies.addAll(ofNodes);
        levels = theirLevels;
    }

    /** Where highest scores are gathered. */
    FoundPeaks peaks() {
        return peaks;
    }

    /** The engine of that series leaves: what it holds open is closed, as no other will do it. */
    void end(SeriesAtWork series) {
        series.openAnomaly()
                .map(AnomalyResult::closed)
                .ifPresent(result -> anomalies.add(anomaly(series, result)));
    }

    /** So many points had no series. */
    void addOrphaned(int points) {
        orphaned += points;
    }

    private Anomaly anomaly(SeriesAtWork work, AnomalyResult result) {
        int version = evaluation.engines().get(work.engine()).version();
        return form.ofSeries(work.series(), work.engine(), version, result, work.settings().zone());
    }

    /** All of it. */
    Outcome outcome() {
        return new Outcome(judged, late, lateStretches, orphaned, anomalies, peaks, levels);
    }
}
