package dev.vedette.series;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Points of one series: sorted timestamps aligned with values, and what is known about the series.
 * Immutable; the arrays handed in are copied, the ones handed out are copies.
 */
public final class MetricSeries {
    private final SeriesKey key;
    private final long[] epochMillis;
    private final double[] values;
    private final Map<String, String> metadata;

    /**
     * Copies and validates.
     *
     * @param key which series
     * @param epochMillis timestamps, strictly increasing, milliseconds since 1970-01-01T00:00Z
     * @param values one finite value per timestamp
     * @param metadata free facts about the series, such as {@code unit}
     * @throws IllegalArgumentException when the lengths differ, a timestamp is not after the one
     *     before it, or a value is not finite; the message holds the index and the value
     */
    public MetricSeries(
            SeriesKey key, long[] epochMillis, double[] values, Map<String, String> metadata) {
        if (epochMillis.length != values.length) {
            throw new IllegalArgumentException(
                    "timestamps and values must be aligned, are "
                            + epochMillis.length
                            + " and "
                            + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "point value must be finite, is " + values[i] + " at index " + i);
            }
            if (i > 0 && epochMillis[i] <= epochMillis[i - 1]) {
                throw new IllegalArgumentException(
                        "timestamps must increase, "
                                + epochMillis[i]
                                + " at index "
                                + i
                                + " follows "
                                + epochMillis[i - 1]);
            }
        }
        this.key = Objects.requireNonNull(key, "key is null");
        this.epochMillis = epochMillis.clone();
        this.values = values.clone();
        this.metadata = Map.copyOf(metadata);
    }

    /** Which series. */
    public SeriesKey key() {
        return key;
    }

    /** Free facts about the series. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** How many points. */
    public int size() {
        return values.length;
    }

    /** The timestamp at that index, milliseconds since 1970-01-01T00:00Z. */
    public long epochMillis(int index) {
        return epochMillis[index];
    }

    /** The value at that index. */
    public double value(int index) {
        return values[index];
    }

    /** A copy of the timestamps, oldest first. */
    public long[] epochMillis() {
        return epochMillis.clone();
    }

    /** A copy of the values, aligned with the timestamps. */
    public double[] values() {
        return values.clone();
    }

    /** The points from one index (inclusive) to another (exclusive) as a series of their own. */
    public MetricSeries slice(int from, int to) {
        return new MetricSeries(
                key,
                Arrays.copyOfRange(epochMillis, from, to),
                Arrays.copyOfRange(values, from, to),
                metadata);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricSeries that
                && key.equals(that.key)
                && Arrays.equals(epochMillis, that.epochMillis)
                && Arrays.equals(values, that.values)
                && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(epochMillis);
    }

    @Override
    public String toString() {
        return "MetricSeries[" + key + ", " + values.length + " points]";
    }
}
