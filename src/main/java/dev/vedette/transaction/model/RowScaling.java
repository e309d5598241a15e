package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * Brings features to one unit, so that distances between rows mean something: each less its centre,
 * divided by its spread.
 */
final class RowScaling {
    private final double[] centre;

    /** Above 0 each. */
    private final double[] spread;

    private RowScaling(double[] centre, double[] spread) {
        this.centre = centre;
        this.spread = spread;
    }

    /** Leaves rows as they are. */
    static RowScaling none(int width) {
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        return new RowScaling(new double[width], ones);
    }

    /**
     * By median and interquartile range, which outliers do not move. Where that range is 0, the
     * standard deviation; where that is 0, 1.
     */
    static RowScaling robust(FeatureRows rows) {
        double[] centre = new double[rows.width()];
        double[] spread = new double[rows.width()];
        for (int k = 0; k < rows.width(); k++) {
            double[] sorted = rows.sortedColumn(k);
            centre[k] = quantile(sorted, 0.5);
            double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
            double used = range > 0 ? range : deviation(sorted);
            spread[k] = used > 0 && Double.isFinite(used) ? used : 1;
        }
        return new RowScaling(centre, spread);
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    int width() {
        return centre.length;
    }

    double scaled(double value, int column) {
        return (value - centre[column]) / spread[column];
    }

    void apply(double[] row, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = scaled(row[k], k);
        }
    }

    /** All rows scaled, row after row. */
    double[] apply(FeatureRows rows) {
        double[] scaled = new double[rows.values().length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scaled(rows.values()[i], i % rows.width());
        }
        return scaled;
    }

    void write(ModelWriter out) {
        out.numbers(centre).numbers(spread);
    }

    static RowScaling read(ModelReader in, int width) {
        return new RowScaling(in.numbers(width), in.numbers(width));
    }
}
