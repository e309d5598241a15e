package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.Arrays;

/**
 * What amounts are usual, as logarithms: mean and spread of about the last {@value #MEMORY}, and
 * quartiles of the last {@value #RING}.
 *
 * <p>An entity known for a few transactions only is judged by the population, and by itself as it
 * becomes known: mean, spread and quartiles weigh in as if {@value #PRIOR} transactions like the
 * population's had been seen before (the posterior mean of a normal law with a conjugate prior: A.
 * Gelman et al., "Bayesian Data Analysis", section 3.3). Fences: J. Tukey, "Exploratory Data
 * Analysis", 1977.
 */
final class AmountHabit {
    private static final int MEMORY = 500;
    private static final int RING = 32;
    private static final double PRIOR = 5;
    private static final double LEAST_VARIANCE = 1e-3;

    /** Interquartile range of the standard normal law. */
    private static final double NORMAL_RANGE = 1.349;

    private static final double LEAST_RANGE = 0.05;

    private double mean;
    private double variance;
    private int seen;
    private final float[] ring = new float[RING];

    static double logarithm(double amount) {
        return Math.log1p(amount);
    }

    void add(double amount) {
        double x = logarithm(amount);
        ring[seen % RING] = (float) x;
        seen++;
        double rate = 1.0 / Math.min(seen, MEMORY);
        double off = x - mean;
        mean += rate * off;
        variance += rate * (off * (x - mean) - variance);
        if (seen == Integer.MAX_VALUE - RING) {
            seen = RING * MEMORY;
        }
    }

    private double weight() {
        return Math.min(seen, MEMORY);
    }

    /** Standard deviations from the mean. */
    double z(double amount, AmountHabit population) {
        double n = weight();
        double centre = (n * mean + PRIOR * population.mean) / (n + PRIOR);
        double spread = (n * variance + PRIOR * population.variance) / (n + PRIOR);
        return (logarithm(amount) - centre) / Math.sqrt(spread + LEAST_VARIANCE);
    }

    /** The same from the median, by the interquartile range. */
    double robustZ(double amount, AmountHabit population) {
        double[] own = quartiles();
        double[] all = population.quartiles();
        double centre = blend(own[1], all[1]);
        double range = Math.max(LEAST_RANGE, blend(own[2] - own[0], all[2] - all[0]));
        return (logarithm(amount) - centre) / (range / NORMAL_RANGE);
    }

    /** Interquartile ranges above the third quartile, 0 or more; 1.5 is Tukey's inner fence. */
    double fence(double amount, AmountHabit population) {
        double[] own = quartiles();
        double[] all = population.quartiles();
        double upper = blend(own[2], all[2]);
        double range = Math.max(LEAST_RANGE, blend(own[2] - own[0], all[2] - all[0]));
        return Math.max(0, (logarithm(amount) - upper) / range);
    }

    private double blend(double own, double all) {
        double n = Math.min(seen, RING);
        return (n * own + PRIOR * all) / (n + PRIOR);
    }

    private double[] quartiles() {
        int n = Math.min(seen, RING);
        if (n == 0) {
            return new double[3];
        }
        float[] sorted = Arrays.copyOf(ring, n);
        Arrays.sort(sorted);
        return new double[] {sorted[n / 4], sorted[n / 2], sorted[3 * n / 4]};
    }

    void write(ModelWriter out) {
        out.number(mean).number(variance).number(seen);
        for (int i = 0; i < Math.min(seen, RING); i++) {
            out.number((double) ring[i]);
        }
    }

    void read(ModelReader in) {
        mean = in.number();
        variance = in.number();
        seen = in.number(0, Integer.MAX_VALUE);
        for (int i = 0; i < Math.min(seen, RING); i++) {
            ring[i] = (float) in.number();
        }
    }
}
