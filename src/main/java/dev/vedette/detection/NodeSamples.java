package dev.vedette.detection;

import java.util.Arrays;

/** What the metrics of one node said in one tick: columns, a metric's points after another's. */
final class NodeSamples {
    private static final int FIRST = 64;

    private long[] times = {};
    private int[] metrics = {};
    private double[] values = {};
    private double[] strangeness = {};
    private boolean[] alarmed = {};
    private int size;

    /** Takes in one judged point. */
    void add(int metric, long epochMillis, double value, double howStrange, boolean isAlarmed) {
        if (size == times.length) {
            resize(Math.max(FIRST, 2 * size));
        }
        times[size] = epochMillis;
        metrics[size] = metric;
        values[size] = value;
        strangeness[size] = howStrange;
        alarmed[size++] = isAlarmed;
    }

    private void resize(int capacity) {
        times = Arrays.copyOf(times, capacity);
        metrics = Arrays.copyOf(metrics, capacity);
        values = Arrays.copyOf(values, capacity);
        strangeness = Arrays.copyOf(strangeness, capacity);
        alarmed = Arrays.copyOf(alarmed, capacity);
    }

    /** How many points. */
    int size() {
        return size;
    }

    /** Forgets all points, and gives their memory back: thousands of nodes wait for a tick. */
    void clear() {
        if (size > 0) {
            size = 0;
            resize(0);
        }
    }

    /** The places of the points in the order of time; of equal times in the order of metrics. */
    int[] inOrder() {
        int[] order = new int[size];
        long from = Arrays.stream(times, 0, size).min().orElse(0);
        long to = Arrays.stream(times, 0, size).max().orElse(0);
        int bits = 64 - Long.numberOfLeadingZeros(size);
        if (Long.numberOfLeadingZeros(to - from) > bits) {
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = (times[i] - from) << bits | i;
            }
            Arrays.sort(keys);
            for (int i = 0; i < size; i++) {
                order[i] = (int) (keys[i] & ((1L << bits) - 1));
            }
            return order;
        }
        Integer[] places = new Integer[size];
        Arrays.setAll(places, i -> i);
        Arrays.sort(places, (a, b) -> Long.compare(times[a], times[b]));
        Arrays.setAll(order, i -> places[i]);
        return order;
    }

    long epochMillis(int at) {
        return times[at];
    }

    int metric(int at) {
        return metrics[at];
    }

    double value(int at) {
        return values[at];
    }

    double strangeness(int at) {
        return strangeness[at];
    }

    boolean isAlarmed(int at) {
        return alarmed[at];
    }
}
