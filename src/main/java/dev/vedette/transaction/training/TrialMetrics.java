package dev.vedette.transaction.training;

import dev.vedette.transaction.decision.Training;
import java.util.Map;
import java.util.TreeMap;

/** A trial as the metrics of a version. */
final class TrialMetrics {
    /** What they say of the share of alerts in the trial. */
    static final String ALERT_SHARE = "alert_share";

    /** What they say of how many transactions were learnt. */
    static final String LEARNT = "learnt";

    private TrialMetrics() {}

    static Map<String, Double> of(Training.Trial trial) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put(LEARNT, (double) trial.learnt());
        metrics.put("judged", (double) trial.judged());
        metrics.put("labelled", (double) trial.labelled());
        metrics.put(ALERT_SHARE, trial.alertShare());
        trial.measures()
                .ifPresent(measures -> {
                    metrics.put("auroc", measures.auroc());
                    metrics.put("average_precision", measures.averagePrecision());
                });
        return metrics;
    }
}
