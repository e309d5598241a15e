package dev.vedette.series;

import dev.vedette.tenant.TenantId;

/**
 * What identifies a node: its place in the hierarchy tenant, cluster, node.
 *
 * @param tenant whose it is
 * @param clusterId which cluster
 * @param nodeId which node of the cluster
 */
public record NodeKey(TenantId tenant, String clusterId, String nodeId) {
    /** The node that the series of that key belongs to. */
    public static NodeKey of(SeriesKey series) {
        return new NodeKey(series.tenant(), series.clusterId(), series.nodeId());
    }
}
