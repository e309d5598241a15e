package dev.vedette.ingestion;

import dev.vedette.series.SeriesEnd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The growing columns of a request's points while it is being decoded, in the order received. A
 * point that could not be read keeps its place, with the reason beside it, so that its index in the
 * request stays known. Not thread-safe; belongs to one request.
 */
public final class IncomingPoints {
    /** Texts are kept for that many faulty points only: a hostile request must not fill memory. */
    private static final int MAX_DETAILS = 200;

    private final Map<Integer, String> details = new HashMap<>();
    private long[] epochMillis;
    private double[] values;
    // aligned with the points; empty while every point is sound
    private @Nullable RefusalReason[] faults = {};
    private int size;
    private boolean gaps;

    /** With room for that many points; grows. */
    public IncomingPoints(int capacity) {
        int room = Math.max(16, capacity);
        epochMillis = new long[room];
        values = new double[room];
    }

    /** Appends a point. */
    public void add(long time, double value) {
        if (size == values.length) {
            grow();
        }
        epochMillis[size] = time;
        values[size++] = value;
    }

    /** Appends a known gap: the sender says that there is no value. */
    public void addGap(long time) {
        gaps = true;
        add(time, Double.NaN);
    }

    /** Appends the end of the series: the sender says that no more will follow. */
    public void addEnd(long time) {
        gaps = true;
        add(time, SeriesEnd.VALUE);
    }

    /** Appends a point that could not be read. */
    public void addFaulty(RefusalReason reason, String detail) {
        add(0, 0);
        if (faults.length < size) {
            faults = Arrays.copyOf(faults, values.length);
        }
        faults[size - 1] = reason;
        if (details.size() < MAX_DETAILS) {
            details.put(size - 1, detail);
        }
    }

    private void grow() {
        int room = values.length * 2;
        epochMillis = Arrays.copyOf(epochMillis, room);
        values = Arrays.copyOf(values, room);
    }

    /** How many points. */
    public int size() {
        return size;
    }

    /** Whether a NaN among the values is a known gap or an end, and no mistake. */
    boolean hasGaps() {
        return gaps;
    }

    /** Whether any point could not be read. */
    boolean hasFaults() {
        return faults.length > 0;
    }

    /** Whether that point could not be read. */
    boolean isFaulty(int point) {
        return point < faults.length && faults[point] != null;
    }

    /** Why that point could not be read; only for a faulty one. */
    RefusalReason reason(int point) {
        return Objects.requireNonNull(faults[point], "the point is sound");
    }

    /** What exactly was wrong with it. */
    String detail(int point) {
        return details.getOrDefault(point, "");
    }

    long epochMillis(int point) {
        return epochMillis[point];
    }

    /** The value of that point; NaN for a gap. */
    public double value(int point) {
        return values[point];
    }
}
