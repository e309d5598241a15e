package dev.vedette.timescale;

import dev.vedette.detection.PointReader.Points;
import java.util.Arrays;

/**
 * Collects points of one series in the order in which they were sent and gives them back by time,
 * each time once with the value sent last. Growing arrays, no object per point; reusable; for one
 * thread.
 */
final class PointMerge {
    private static final int INITIAL = 256;

    private long[] times = new long[INITIAL];
    private double[] values = new double[INITIAL];
    private int size;
    private boolean ascending = true;

    /** Forgets all points. */
    void clear() {
        size = 0;
        ascending = true;
    }

    /** Adds one point. */
    void add(long time, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        ascending &= size == 0 || time > times[size - 1];
        times[size] = time;
        values[size] = value;
        size++;
    }

    /** How many points; after {@link #order()} as many as there are times. */
    int size() {
        return size;
    }

    /** The time at that index. */
    long time(int index) {
        return times[index];
    }

    /** The value at that index. */
    double value(int index) {
        return values[index];
    }

    /** Fewest decimals that hold the values of that stretch; -1 when none does. */
    int scale(int from, int to) {
        return Decimals.scale(values, from, to);
    }

    /** Sorts by time and drops all but the last value of each. Linear when in order already. */
    void order() {
        if (ascending) {
            return;
        }
        sort();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i + 1 < size && times[i + 1] == times[i]) {
                continue;
            }
            times[kept] = times[i];
            values[kept] = values[i];
            kept++;
        }
        size = kept;
        ascending = true;
    }

    /** All points after {@link #order()}, known gaps as NaN. */
    Points points() {
        return new Points(Arrays.copyOf(times, size), Arrays.copyOf(values, size));
    }

    /** The newest points after {@link #order()}, at most so many, without known gaps. */
    Points newest(int most) {
        int finite = 0;
        int from = size;
        while (from > 0 && finite < most) {
            from--;
            finite += Double.isNaN(values[from]) ? 0 : 1;
        }
        long[] keptTimes = new long[finite];
        double[] keptValues = new double[finite];
        int next = 0;
        for (int i = from; i < size; i++) {
            if (!Double.isNaN(values[i])) {
                keptTimes[next] = times[i];
                keptValues[next++] = values[i];
            }
        }
        return new Points(keptTimes, keptValues);
    }

    // Bottom-up merge sort: stable, so that of equal times the one sent last stays last, which no
    // sort of the JDK on primitive pairs offers.
    private void sort() {
        long[] fromTimes = times;
        double[] fromValues = values;
        long[] toTimes = new long[times.length];
        double[] toValues = new double[values.length];
        for (int width = 1; width > 0 && width < size; width *= 2) {
            for (int start = 0; start < size; start += 2 * width) {
                int middle = Math.min(start + width, size);
                int end = Math.min(start + 2 * width, size);
                int left = start;
                int right = middle;
                for (int i = start; i < end; i++) {
                    boolean takeLeft =
                            left < middle && (right >= end || fromTimes[left] <= fromTimes[right]);
                    int taken = takeLeft ? left++ : right++;
                    toTimes[i] = fromTimes[taken];
                    toValues[i] = fromValues[taken];
                }
            }
            long[] spareTimes = fromTimes;
            double[] spareValues = fromValues;
            fromTimes = toTimes;
            fromValues = toValues;
            toTimes = spareTimes;
            toValues = spareValues;
        }
        times = fromTimes;
        values = fromValues;
    }
}
