package dev.vedette.promql;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The samples of one series.
 *
 * @param labels of the series, its name among them
 * @param times increasing, milliseconds since 1970-01-01T00:00Z
 * @param values aligned; NaN: from here on there is no value
 */
@SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
public record Samples(SortedMap<String, String> labels, long[] times, double[] values) {
    /** The same without those that hold no value. */
    public Samples present() {
        int[] kept =
                IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).toArray();
        return kept.length == values.length ? this : only(kept);
    }

    /** Those at these places. */
    Samples only(int[] kept) {
        return new Samples(
                labels,
                Arrays.stream(kept).mapToLong(i -> times[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
    }
}
