package dev.vedette.aggregation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a tenant stands now.
 *
 * @param score 1 all well, 0 everywhere strange: that of its worst cluster
 * @param words the first thing to say
 * @param series how many series it has
 * @param openAnomalies how many anomalies are open now
 * @param newest end of the newest scored bucket; empty before the first
 * @param clusters the worst first
 */
public record TenantHealth(
        double score,
        String words,
        long series,
        int openAnomalies,
        Optional<Instant> newest,
        List<Cluster> clusters) {
    /** Copies the list. */
    public TenantHealth {
        clusters = List.copyOf(clusters);
    }

    /**
     * How a cluster stands now.
     *
     * @param clusterId which
     * @param score 1 all well, 0 strange everywhere; 1 − {@code anomalyScore}
     * @param anomalyScore the higher of its 95th percentile, how widespread, and half its maximum,
     *     how bad the worst: one sick node of many is half as bad as all
     * @param words what is strangest there
     * @param nodes how many nodes it has
     * @param strangeNodes on how many of them an anomaly is open
     * @param series how many series were judged lately
     * @param openAnomalies how many anomalies are open
     * @param trend {@code anomalyScore} over the last day, oldest first; NaN where nothing was
     *     judged
     * @param step width of a step of the trend
     */
    @SuppressWarnings("ArrayRecordComponent") // a column, compared nowhere
    public record Cluster(
            String clusterId,
            double score,
            double anomalyScore,
            String words,
            int nodes,
            int strangeNodes,
            int series,
            int openAnomalies,
            float[] trend,
            Duration step) {}
}
