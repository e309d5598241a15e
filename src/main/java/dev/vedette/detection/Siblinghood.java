package dev.vedette.detection;

import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;

/**
 * What series must share to learn from each other; those of one cluster come first.
 *
 * @param tenant nobody learns from another's data
 * @param clusterId where the new one is
 * @param metricName the same
 * @param labels the same
 * @param engine id of the engine that judges all of them
 */
public record Siblinghood(
        TenantId tenant, String clusterId, String metricName, Labels labels, String engine) {
    /** That of a series. */
    static Siblinghood of(Series series, String engine) {
        return new Siblinghood(
                series.id().tenant(),
                series.key().clusterId(),
                series.key().metricName(),
                series.key().labels(),
                engine);
    }
}
