package dev.vedette.transaction.model;

import java.util.Random;

/** Rows of known shape. */
final class Samples {
    private Samples() {}

    /** Four independent standard normal features. */
    static FeatureRows independent(int rows, long seed) {
        Random random = new Random(seed);
        double[] values = new double[rows * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return new FeatureRows(4, values);
    }

    /** Four features of two causes, of different units. */
    static FeatureRows correlated(int rows, long seed) {
        Random random = new Random(seed);
        double[] values = new double[rows * 4];
        for (int i = 0; i < values.length; i += 4) {
            double one = random.nextGaussian();
            double other = random.nextGaussian();
            values[i] = one;
            values[i + 1] = one + 0.3 * random.nextGaussian();
            values[i + 2] = 5 + 2 * other;
            values[i + 3] = one + other + 0.3 * random.nextGaussian();
        }
        return new FeatureRows(4, values);
    }
}
