package dev.vedette.aggregation;

import dev.vedette.aggregation.AggregatedAnomalyScore.Level;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Rolls the clusters of one tenant up to the tenant. {@link AggregationStrategy#WEIGHTED} weighs
 * every cluster by its number of metrics analysed. Stateless and thread-safe.
 */
public final class TenantAnomalyAggregator {
    /**
     * The score of the tenant whose clusters these are; 0 with no metrics when it has none.
     *
     * @param clusters scores of clusters of that tenant by that strategy in that window, in any
     *     order
     * @throws IllegalArgumentException when one is not a cluster's or differs in tenant, strategy
     *     or window
     */
    public AggregatedAnomalyScore aggregate(
            TenantId tenant,
            AggregationStrategy strategy,
            TimeRange window,
            List<AggregatedAnomalyScore> clusters) {
        for (AggregatedAnomalyScore cluster : clusters) {
            if (cluster.level() != Level.CLUSTER) {
                throw new IllegalArgumentException("scores must be of clusters, one is " + cluster);
            }
        }
        return LevelBelow.combine(tenant, Optional.empty(), strategy, window, clusters);
    }
}
