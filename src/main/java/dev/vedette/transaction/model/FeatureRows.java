package dev.vedette.transaction.model;

import dev.vedette.detection.engine.SplitMix;
import java.util.Arrays;

/** Rows of features, one after another in one array. */
public final class FeatureRows {
    /** Most numbers in a row. */
    public static final int MOST_WIDTH = 127;

    private final int width;
    private final double[] values;

    /**
     * Checks the shape.
     *
     * @param width numbers in a row, 1 to {@value #MOST_WIDTH}
     * @param values finite; not copied, not modified
     * @throws IllegalArgumentException when the width is out of range, there is no row, the last
     *     row is cut off, or a number is not finite
     */
    public FeatureRows(int width, double[] values) {
        if (width < 1 || width > MOST_WIDTH) {
            throw new IllegalArgumentException(
                    "a row must have 1 to " + MOST_WIDTH + " features, has " + width);
        }
        if (values.length == 0 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    values.length + " numbers are no rows of " + width + " features");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "feature %d of row %d is %s, must be finite"
                                .formatted(i % width, i / width, values[i]));
            }
        }
        this.width = width;
        this.values = values;
    }

    /** Numbers in a row. */
    public int width() {
        return width;
    }

    /** All numbers, row after row; the array itself. */
    public double[] values() {
        return values;
    }

    /** How many rows there are, 1 or more. */
    public int count() {
        return values.length / width;
    }

    /** One number. */
    public double at(int row, int column) {
        return values[row * width + column];
    }

    /** Copies one row into an array as wide. */
    public void copyRow(int row, double[] into) {
        System.arraycopy(values, row * width, into, 0, width);
    }

    /** A feature of all rows, a copy in ascending order. */
    double[] sortedColumn(int column) {
        double[] sorted = new double[count()];
        for (int i = 0; i < sorted.length; i++) {
            // negative zero is zero
            sorted[i] = at(i, column) + 0.0;
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** The rows from one number to before another, a copy. */
    public FeatureRows range(int from, int to) {
        return new FeatureRows(width, Arrays.copyOfRange(values, from * width, to * width));
    }

    /** At most so many rows, drawn without replacement; all of them when there are no more. */
    public FeatureRows sample(int most, long seed) {
        if (count() <= most) {
            return this;
        }
        int[] drawn = draw(most, new SplitMix(seed));
        // in the order of the rows: neighbours in time stay neighbours in memory
        Arrays.sort(drawn);
        double[] kept = new double[most * width];
        for (int i = 0; i < most; i++) {
            System.arraycopy(values, drawn[i] * width, kept, i * width, width);
        }
        return new FeatureRows(width, kept);
    }

    /** Numbers of so many different rows, in random order. */
    int[] draw(int most, SplitMix random) {
        int[] all = new int[count()];
        Arrays.setAll(all, i -> i);
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(all.length - i);
            int one = all[i];
            all[i] = all[j];
            all[j] = one;
        }
        return Arrays.copyOf(all, most);
    }
}
