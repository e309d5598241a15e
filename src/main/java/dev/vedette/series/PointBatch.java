package dev.vedette.series;

import java.util.Arrays;

/**
 * Points of many series in columns: the form in which points travel from a protocol adapter through
 * the log to detection, without an object per point. Points of one series stand together as a run,
 * in the order received. The arrays are not copied: who builds a batch hands them over and does not
 * touch them again.
 *
 * @param seriesIds id of the series of each run, {@link SeriesId#value()}; a series may have
 *     several runs
 * @param runEnds index just after the last point of each run, increasing; the last one is the
 *     number of points
 * @param epochMillis timestamps of all points, milliseconds since 1970-01-01T00:00Z
 * @param values finite values of all points, or NaN for a known gap
 */
@SuppressWarnings(
        "ArrayRecordComponent") // columns are the point of this type; equality is by content, below
public record PointBatch(long[] seriesIds, int[] runEnds, long[] epochMillis, double[] values) {
    /** No points. */
    public static final PointBatch EMPTY =
            new PointBatch(new long[0], new int[0], new long[0], new double[0]);

    /**
     * Validates that the columns are aligned.
     *
     * @throws IllegalArgumentException when they are not
     */
    public PointBatch {
        int points = runEnds.length == 0 ? 0 : runEnds[runEnds.length - 1];
        if (seriesIds.length != runEnds.length
                || epochMillis.length != points
                || values.length != points) {
            throw new IllegalArgumentException(
                    "columns of a point batch must be aligned, are "
                            + seriesIds.length
                            + " series, "
                            + runEnds.length
                            + " runs to "
                            + points
                            + ", "
                            + epochMillis.length
                            + " timestamps, "
                            + values.length
                            + " values");
        }
    }

    /** How many points. */
    public int size() {
        return values.length;
    }

    /** How many runs. */
    public int runs() {
        return runEnds.length;
    }

    /** Index of the first point of that run. */
    public int runStart(int run) {
        return run == 0 ? 0 : runEnds[run - 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointBatch that
                && Arrays.equals(seriesIds, that.seriesIds)
                && Arrays.equals(runEnds, that.runEnds)
                && Arrays.equals(epochMillis, that.epochMillis)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(seriesIds) + Arrays.hashCode(epochMillis);
    }

    @Override
    public String toString() {
        return "PointBatch[" + runs() + " runs, " + size() + " points]";
    }
}
