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
    private long[] spareTimes = {};
    private double[] spareValues = {};
    private int[] starts = new int[16];
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

    // Natural merge sort: stable, so that of equal times the one sent last stays last, which no
    // sort
    // of the JDK on primitive pairs offers; and one pass where two lanes took turns.
    private void sort() {
        int runs = findRuns();
        if (spareTimes.length < size) {
            spareTimes = new long[times.length];
            spareValues = new double[values.length];
        }
        while (runs > 1) {
            int merged = 0;
            for (int run = 0; run < runs; run += 2) {
                int middle = run + 1 < runs ? starts[run + 1] : size;
                int end = run + 2 < runs ? starts[run + 2] : size;
                merge(starts[run], middle, end);
                starts[merged++] = starts[run];
            }
            runs = merged;
            swap();
        }
    }

    /** Notes where each ascending stretch starts, and says how many there are. */
    private int findRuns() {
        int runs = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || times[i] < times[i - 1]) {
                if (runs == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * runs);
                }
                starts[runs++] = i;
            }
        }
        return runs;
    }

    private void merge(int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || times[left] <= times[right]);
            int taken = takeLeft ? left++ : right++;
            spareTimes[i] = times[taken];
            spareValues[i] = values[taken];
        }
    }

    private void swap() {
        long[] sortedTimes = spareTimes;
        double[] sortedValues = spareValues;
        spareTimes = times;
        spareValues = values;
        times = sortedTimes;
        values = sortedValues;
    }
}
