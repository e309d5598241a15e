package dev.vedette.detection;

import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much one metric has to do with an anomaly of its node as a whole.
 *
 * @param seriesId {@link dev.vedette.series.SeriesId#value()}
 * @param metricName the metric
 * @param labels its labels
 * @param unit of its values, as sent; empty when never said, or not kept
 * @param share in (0,1]; the shares of all metrics, also of those too small to be told, sum to 1
 */
public record Contribution(
        long seriesId, String metricName, Labels labels, Optional<String> unit, double share) {
    /** The same where not its values count but how much they rise in a second. */
    Contribution perSecond() {
        return new Contribution(seriesId, metricName, labels, unit.map(sent -> sent + "/s"), share);
    }

    /**
     * Of those series, in the order of their shares; without those that were deleted meanwhile.
     *
     * @param shares by the series' id
     * @param series the same series, by their ids, as far as they are there
     */
    static List<Contribution> of(Map<Long, Double> shares, Map<Long, Series> series) {
        List<Contribution> contributions = new ArrayList<>();
        shares.forEach((id, share) -> {
            Series of = series.get(id);
            if (of != null) {
                contributions.add(
                        new Contribution(
                                id, of.key().metricName(), of.key().labels(), of.unit(), share));
            }
        });
        return contributions;
    }
}
