package dev.vedette.detection;

import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import java.util.Optional;

/**
 * Where an anomaly is: on one series, on a node as a whole, or on one payment of an account.
 *
 * @param node the node, or the node of the series; of a payment its account in the cluster {@value
 *     AnomalySource#PAYMENTS}
 * @param series the series; empty for a node as a whole and for a payment
 * @param payment the payment; empty for a metric and a node
 * @param shard which of {@link dev.vedette.series.Shards#COUNT} shards works on it; of a payment
 *     the shard of transactions
 */
public record AnomalyPlace(
        NodeKey node, Optional<Series> series, Optional<Payment> payment, int shard) {
    /** The label that names the payment. */
    public static final String TRANSACTION_ID = "transaction_id";

    /** What is strange of a payment, in place of a metric. */
    private static final String AMOUNT = "amount";

    /**
     * A payment.
     *
     * @param labels its {@value #TRANSACTION_ID}, and merchant, country and channel as far as known
     * @param currency of its amount
     */
    public record Payment(Labels labels, String currency) {
        /** The id its sender gave it. */
        public String transactionId() {
            return labels.pairs().getOrDefault(TRANSACTION_ID, "");
        }
    }

    /** On that series. */
    public static AnomalyPlace of(Series series) {
        return new AnomalyPlace(
                NodeKey.of(series.key()), Optional.of(series), Optional.empty(), series.shard());
    }

    /** On that node as a whole. */
    public static AnomalyPlace of(NodeKey node, int shard) {
        return new AnomalyPlace(node, Optional.empty(), Optional.empty(), shard);
    }

    /** On that payment of that account. */
    public static AnomalyPlace of(NodeKey account, Payment payment, int shard) {
        return new AnomalyPlace(account, Optional.empty(), Optional.of(payment), shard);
    }

    /** What it was found in. */
    public AnomalySource source() {
        return payment.isPresent() ? AnomalySource.TRANSACTION : AnomalySource.METRIC;
    }

    /** The labels of the series or payment; none for a node as a whole. */
    public Labels labels() {
        return series.map(one -> one.key().labels())
                .or(() -> payment.map(Payment::labels))
                .orElse(Labels.NONE);
    }

    /** The unit of the numbers: the series', or the payment's currency. */
    public Optional<String> unit() {
        return series.flatMap(Series::unit).or(() -> payment.map(Payment::currency));
    }

    /** Whose it is. */
    public TenantId tenant() {
        return node.tenant();
    }

    /** In which cluster. */
    public String clusterId() {
        return node.clusterId();
    }

    /** On which node. */
    public String nodeId() {
        return node.nodeId();
    }

    /** The metric's name, of a payment its amount; empty for a node as a whole. */
    public Optional<String> metricName() {
        return series.map(one -> one.key().metricName()).or(() -> payment.map(_ -> AMOUNT));
    }
}
