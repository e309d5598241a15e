package dev.vedette.series;

import java.time.Instant;

/**
 * One observation of a series.
 *
 * @param timestamp when the value was observed at its source, millisecond precision
 * @param value finite; the unit is that of the series
 */
public record MetricPoint(Instant timestamp, double value) {
    /**
     * Validates the value.
     *
     * @throws IllegalArgumentException when the value is not finite; the message holds it
     */
    public MetricPoint {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("point value must be finite, is " + value);
        }
    }
}
