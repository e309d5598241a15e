package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the roll-up job reads and writes. Blocking: called on a virtual thread. Throws {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface RollupStore {
    /**
     * A bucket whose roll-up is older than its scores.
     *
     * @param tenant whose
     * @param bucket its start
     * @param nodes the scores of all nodes of the tenant in it
     * @param accounts who paid in it, when one of the payments was not simply approved
     * @param merchants who was paid, likewise
     */
    record Due(
            TenantId tenant,
            Instant bucket,
            List<ScoreBucket> nodes,
            List<PaymentScore> accounts,
            List<PaymentScore> merchants) {
        /** Copies the lists. */
        public Due {
            nodes = List.copyOf(nodes);
            accounts = List.copyOf(accounts);
            merchants = List.copyOf(merchants);
        }
    }

    /**
     * How strange the payments of one account, or to one merchant, were in a bucket.
     *
     * @param name of the account or merchant
     * @param score highest of the payments, in [0,1]
     * @param anomalies how many were not simply approved
     */
    record PaymentScore(String name, double score, int anomalies) {}

    /**
     * The scores of one place in one bucket, by all strategies. Replaces the stored row.
     *
     * @param tenant whose
     * @param bucket its start
     * @param level of what, never {@link ScoreLevel#METRIC}
     * @param place which
     * @param max by {@link AggregationStrategy#MAX}, in [0,1]
     * @param mean by {@link AggregationStrategy#MEAN}
     * @param weighted by {@link AggregationStrategy#WEIGHTED}
     * @param p95 by {@link AggregationStrategy#P95}
     * @param numMetrics how many series were judged
     * @param numAnomalies how many anomalies were open
     * @param leadingNode the node with the highest score; empty for a node
     * @param leadingMetric the name of the metric with the highest score
     */
    record Row(
            TenantId tenant,
            Instant bucket,
            ScoreLevel level,
            ScorePlace place,
            double max,
            double mean,
            double weighted,
            double p95,
            int numMetrics,
            int numAnomalies,
            Optional<String> leadingNode,
            Optional<String> leadingMetric) {}

    /**
     * Rolls up buckets that are due, the newest first, in one transaction: reads them, has them
     * rolled up, stores the rows and clears the marks. A bucket that gets new scores meanwhile
     * stays due. Does nothing while another process is at it.
     *
     * @param most most buckets, above 0; fewer when they hold many nodes, but at least one
     * @param rollUp makes the rows; what it throws undoes everything
     * @return how many buckets were rolled up
     */
    int rollUpDue(int most, Function<List<Due>, List<Row>> rollUp);
}
