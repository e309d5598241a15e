package dev.vedette.detection.engine;

import java.util.Arrays;

/**
 * What the metrics of one node said at one time: columns by the metric's place in the node. Reused
 * by its makers; not thread-safe.
 */
public final class NodeRow {
    /** Milliseconds since 1970-01-01T00:00Z. */
    long epochMillis;

    private double[] values = {};
    private double[] strangeness = {};
    private boolean[] alarmed = {};
    private int metrics;
    private int present;
    private boolean anyAlarmed;

    /** Empties the row for that time. */
    public void clear(long time) {
        epochMillis = time;
        present = 0;
        anyAlarmed = false;
        Arrays.fill(values, Double.NaN);
        Arrays.fill(strangeness, 0);
        Arrays.fill(alarmed, false);
    }

    /**
     * Puts in one metric.
     *
     * @param metric its place, 0 or more
     * @param value finite, or NaN for a known gap, which is as if it had not come
     * @param howStrange {@link Verdict#strangeness()} of the point
     * @param isAlarmed whether the metric has an open anomaly of its own there
     */
    public void put(int metric, double value, double howStrange, boolean isAlarmed) {
        if (metric >= values.length) {
            widen(Math.max(metric + 1, values.length * 2));
        }
        metrics = Math.max(metrics, metric + 1);
        present += Double.isNaN(values[metric]) && !Double.isNaN(value) ? 1 : 0;
        values[metric] = value;
        strangeness[metric] = howStrange;
        alarmed[metric] = isAlarmed;
        anyAlarmed |= isAlarmed;
    }

    private void widen(int capacity) {
        int old = values.length;
        values = Arrays.copyOf(values, capacity);
        Arrays.fill(values, old, capacity, Double.NaN);
        strangeness = Arrays.copyOf(strangeness, capacity);
        alarmed = Arrays.copyOf(alarmed, capacity);
    }

    /** Milliseconds since 1970-01-01T00:00Z. */
    public long epochMillis() {
        return epochMillis;
    }

    /** One more than the largest place ever put in. */
    public int metrics() {
        return metrics;
    }

    /** How many metrics it has a value of. */
    public int present() {
        return present;
    }

    /** Whether it has a value of that metric. */
    public boolean has(int metric) {
        return metric < values.length && !Double.isNaN(values[metric]);
    }

    /** The value of that metric; NaN when missing. */
    public double value(int metric) {
        return has(metric) ? values[metric] : Double.NaN;
    }

    /** How strange that metric was; 0 when missing. */
    public double strangeness(int metric) {
        return has(metric) ? strangeness[metric] : 0;
    }

    /** Whether any metric had an open anomaly of its own. */
    public boolean isAnyAlarmed() {
        return anyAlarmed;
    }

    /** Whether that metric had an open anomaly of its own. */
    public boolean isAlarmed(int metric) {
        return has(metric) && alarmed[metric];
    }
}
