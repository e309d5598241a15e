package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import java.time.ZoneId;
import java.util.List;

/**
 * Says in words what an anomaly is. The port through which detection reaches the {@code
 * explanation} package.
 */
@FunctionalInterface
public interface AnomalyExplainer {
    /**
     * One or two sentences in plain words, times in that zone.
     *
     * @param contributions of a node as a whole: the metrics that make it up, the largest share
     *     first
     */
    String explain(
            AnomalyPlace place,
            AnomalyResult anomaly,
            List<Contribution> contributions,
            ZoneId zone);
}
