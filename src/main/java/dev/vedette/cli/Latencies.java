package dev.vedette.cli;

import java.util.Arrays;

/** Gathers durations of several threads and tells their quantiles. Thread-safe: synchronized. */
final class Latencies {
    private double[] millis = new double[1024];
    private int size;

    synchronized void addNanos(long nanos) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, size * 2);
        }
        millis[size++] = nanos * 1e-6;
    }

    /**
     * The duration in milliseconds that this share of all does not exceed; NaN when there are none.
     */
    synchronized double quantile(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(millis, size);
        Arrays.sort(sorted);
        return sorted[Math.clamp((long) Math.ceil(share * size) - 1, 0, size - 1)];
    }
}
