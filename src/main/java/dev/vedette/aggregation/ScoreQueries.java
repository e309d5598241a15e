package dev.vedette.aggregation;

import dev.vedette.detection.AnomalySource;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Scores over time and their ranking, read side. */
public interface ScoreQueries {
    /**
     * Which scores are meant; an absent part means any.
     *
     * @param level of what: one lane or rank per metric, node, cluster, or one for the tenant
     * @param clusterId exact
     * @param nodeId exact
     * @param metricName exact; only at {@link ScoreLevel#METRIC}
     * @param strategy how the scores below were made one; {@link ScoreLevel#METRIC} has only one
     *     score, whatever the strategy
     * @param range buckets that start in it
     * @param source only nodes and clusters of that source
     */
    record Question(
            ScoreLevel level,
            Optional<String> clusterId,
            Optional<String> nodeId,
            Optional<String> metricName,
            AggregationStrategy strategy,
            TimeRange range,
            Optional<AnomalySource> source) {
        /** A question about any source. */
        public Question(
                ScoreLevel level,
                Optional<String> clusterId,
                Optional<String> nodeId,
                Optional<String> metricName,
                AggregationStrategy strategy,
                TimeRange range) {
            this(level, clusterId, nodeId, metricName, strategy, range, Optional.empty());
        }

        /** A question about every place of a level. */
        public static Question of(ScoreLevel level, AggregationStrategy strategy, TimeRange range) {
            return new Question(
                    level, Optional.empty(), Optional.empty(), Optional.empty(), strategy, range);
        }
    }

    /**
     * The scores of one place over time.
     *
     * @param place whose
     * @param scores highest score in each step of the range, oldest first, in [0,1]; NaN where
     *     nothing was judged
     * @param anomalies aligned: most anomalies open in a bucket of that step
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
    record Lane(ScorePlace place, float[] scores, int[] anomalies) {
        /** The highest of the scores; 0 when nothing was judged. */
        public double peak() {
            double peak = 0;
            for (float score : scores) {
                peak = Float.isNaN(score) ? peak : Math.max(peak, score);
            }
            return peak;
        }
    }

    /**
     * One cluster's scores over time by two strategies, NaN where nothing was judged.
     *
     * @param clusterId which
     * @param max its scores by {@link AggregationStrategy#MAX}, one per step
     * @param p95 by {@link AggregationStrategy#P95}
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
    record Trend(String clusterId, float[] max, float[] p95) {}

    /**
     * How strange one place was at its worst bucket of the range.
     *
     * @param place whose
     * @param score highest score, in [0,1]
     * @param numMetricsAnalyzed most series judged in a bucket
     * @param numAnomaliesDetected most anomalies open in a bucket
     * @param worstAt start of the bucket with the highest score, the latest of equal ones
     * @param leadingNode the strangest node then, of a cluster or tenant
     * @param leadingMetric the name of the strangest metric then
     */
    record Ranked(
            ScorePlace place,
            double score,
            int numMetricsAnalyzed,
            int numAnomaliesDetected,
            Instant worstAt,
            Optional<String> leadingNode,
            Optional<String> leadingMetric) {}

    /**
     * How large a cluster was.
     *
     * @param clusterId which
     * @param nodes how many of its nodes, of payments accounts, had a score
     * @param metrics of each node the most series judged in a bucket, in all
     */
    record ClusterSize(String clusterId, int nodes, int metrics) {}

    /**
     * The scores over time, the strangest place first, equal ones by name.
     *
     * @param step width of a step, a multiple of {@link dev.vedette.detection.ScoreBucket#WIDTH}
     * @param top most lanes, 1 to 1000
     */
    Uni<List<Lane>> lanes(TenantId tenant, Question question, Duration step, int top);

    /**
     * The clusters' scores over time by both strategies at once, as {@link #lanes} has them for
     * each; in the order of those by {@link AggregationStrategy#MAX}.
     *
     * @param step as of lanes
     * @param top most clusters, 1 to 1000
     */
    Uni<List<Trend>> trends(TenantId tenant, TimeRange range, Duration step, int top);

    /**
     * The strangest places first; equal scores by more anomalies, then by name.
     *
     * @param top most places, 1 to 1000
     */
    Uni<List<Ranked>> rank(TenantId tenant, Question question, int top);

    /** How large the clusters were, by name; those without a score in the range are left out. */
    Uni<List<ClusterSize>> sizes(TenantId tenant, TimeRange range);

    /** Start of the newest bucket that has been rolled up; empty before the first. */
    Uni<Optional<Instant>> newestBucket(TenantId tenant);
}
