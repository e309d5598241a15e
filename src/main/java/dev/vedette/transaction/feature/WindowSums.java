package dev.vedette.transaction.feature;

import java.util.Arrays;

/** What happened in each window, by its {@link FeatureWindow#place()}. */
final class WindowSums {
    private static final int WINDOWS = FeatureWindow.values().length;

    final double[] count = new double[WINDOWS];
    final double[] sum = new double[WINDOWS];
    final double[] squares = new double[WINDOWS];
    final double[] least = new double[WINDOWS];
    final double[] most = new double[WINDOWS];

    void clear() {
        Arrays.fill(count, 0);
        Arrays.fill(sum, 0);
        Arrays.fill(squares, 0);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    /** Standard deviation of amounts, 0 for fewer than two. */
    double deviation(int window) {
        double n = count[window];
        if (n < 2) {
            return 0;
        }
        double mean = sum[window] / n;
        return Math.sqrt(Math.max(0, squares[window] / n - mean * mean));
    }
}
