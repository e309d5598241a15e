package dev.vedette.detection;

import dev.vedette.series.Labels;

/**
 * How much one metric has to do with an anomaly of its node as a whole.
 *
 * @param seriesId {@link dev.vedette.series.SeriesId#value()}
 * @param metricName the metric
 * @param labels its labels
 * @param share in (0,1]; the shares of all metrics, also of those too small to be told, sum to 1
 */
public record Contribution(long seriesId, String metricName, Labels labels, double share) {}
