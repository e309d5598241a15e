package dev.vedette.detection.engine;

import dev.vedette.series.MetricSeries;
import java.util.List;

/**
 * The batch view of an engine: a whole series in, its anomalies out. One adapter over the streaming
 * detectors implements it.
 */
public interface AnomalyDetectionEngine {
    /**
     * The anomalies of the series, oldest first, as live detection would have found them point by
     * point.
     */
    List<AnomalyResult> detect(MetricSeries series);

    /**
     * Why that anomaly of that series is one: label, kind, evidence. The words are made by the
     * {@code explanation} package.
     */
    AnomalyExplanation explain(MetricSeries series, AnomalyResult anomaly);
}
