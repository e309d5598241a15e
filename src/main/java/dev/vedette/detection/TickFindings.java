package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gathers what one tick finds on the series and nodes of a shard. */
final class TickFindings {
    private final Evaluation evaluation;
    private final AnomalyForm form;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final List<NodeBuckets.Finding> findings = new ArrayList<>();
    private final List<LateStretch> lateStretches = new ArrayList<>();
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

    /** Adds what was found on that series. */
    void add(SeriesAtWork series, SeriesAtWork.Outcome outcome) {
        List<Anomaly> explained = new ArrayList<>(outcome.anomalies().size());
        outcome.anomalies().forEach(result -> explained.add(anomaly(series, result)));
        judged += outcome.judged();
        late += outcome.late();
        outcome.lateStretch().ifPresent(lateStretches::add);
        anomalies.addAll(explained);
        findings.addAll(outcome.findings());
    }

    /** Adds what was found on nodes. */
    void add(List<Anomaly> ofNodes, List<NodeBuckets.Finding> more) {
        anomalies.addAll(ofNodes);
        findings.addAll(more);
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
        return new Outcome(judged, late, lateStretches, orphaned, anomalies, findings);
    }
}
