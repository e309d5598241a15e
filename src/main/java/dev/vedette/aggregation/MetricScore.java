package dev.vedette.aggregation;

import dev.vedette.series.SeriesKey;

/**
 * How strange one series was during a window: what roll-ups are made of.
 *
 * @param key which series
 * @param score its highest anomaly score in the window, in [0,1]
 * @param anomalies how many anomalies of it touch the window, 0 or more
 */
public record MetricScore(SeriesKey key, double score, int anomalies) {
    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a number is out of its range; the message holds it
     */
    public MetricScore {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("metric score must be in [0,1], is " + score);
        }
        if (anomalies < 0) {
            throw new IllegalArgumentException(
                    "number of anomalies must be 0 or more, is " + anomalies);
        }
    }
}
