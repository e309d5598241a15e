package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import java.util.Optional;

/**
 * Where an anomaly is: on one series, or on a node as a whole.
 *
 * @param node the node, or the node of the series
 * @param series the series; empty for a node as a whole
 * @param shard which of {@link dev.vedette.series.Shards#COUNT} shards works on it
 */
public record AnomalyPlace(NodeKey node, Optional<Series> series, int shard) {
    /** On that series. */
    public static AnomalyPlace of(Series series) {
        return new AnomalyPlace(NodeKey.of(series.key()), Optional.of(series), series.shard());
    }

    /** On that node as a whole. */
    public static AnomalyPlace of(NodeKey node, int shard) {
        return new AnomalyPlace(node, Optional.empty(), shard);
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

    /** The metric's name; empty for a node as a whole. */
    public Optional<String> metricName() {
        return series.map(one -> one.key().metricName());
    }
}
