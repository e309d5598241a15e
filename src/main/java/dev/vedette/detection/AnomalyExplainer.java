package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Series;
import java.time.ZoneId;

/**
 * Says in words what an anomaly is. The port through which detection reaches the {@code
 * explanation} package.
 */
@FunctionalInterface
public interface AnomalyExplainer {
    /** One or two sentences in plain words, times in that zone. */
    String explain(Series series, AnomalyResult anomaly, ZoneId zone);
}
