package dev.vedette.aggregation;

import dev.vedette.series.Labels;
import java.util.Optional;

/**
 * Which part of a tenant a score is about; what is below its level is empty.
 *
 * @param clusterId empty for the whole tenant
 * @param nodeId empty for a whole cluster or tenant
 * @param metricName present for a single series only
 * @param labels of a single series; none otherwise
 */
public record ScorePlace(
        Optional<String> clusterId,
        Optional<String> nodeId,
        Optional<String> metricName,
        Labels labels) {
    /** The whole tenant. */
    public static final ScorePlace TENANT =
            new ScorePlace(Optional.empty(), Optional.empty(), Optional.empty(), Labels.NONE);

    /** A cluster. */
    public static ScorePlace cluster(String clusterId) {
        return new ScorePlace(
                Optional.of(clusterId), Optional.empty(), Optional.empty(), Labels.NONE);
    }

    /** A node. */
    public static ScorePlace node(String clusterId, String nodeId) {
        return new ScorePlace(
                Optional.of(clusterId), Optional.of(nodeId), Optional.empty(), Labels.NONE);
    }
}
