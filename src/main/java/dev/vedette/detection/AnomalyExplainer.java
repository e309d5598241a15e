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

    /**
     * That text, and what else was strange then: "… Disk writes and load moved with it. None of the
     * 11 other nodes of eu did the same."
     *
     * @param place of the anomaly
     */
    default String withCompany(String explanation, AnomalyPlace place, Company company) {
        return explanation;
    }
}
