package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.SeriesKey;
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

    /**
     * That text, and what else moved at the same time: "… Disk writes and load moved with it."
     *
     * @param company other series of the same node, the most important first; may be empty
     */
    default String withCompany(String explanation, List<SeriesKey> company) {
        return explanation;
    }
}
