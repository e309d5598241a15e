package dev.vedette.aggregation;

import java.util.Arrays;
import java.util.Locale;

/**
 * How many scores become one. All strategies are pure, do not depend on the order of the scores,
 * stay between the smallest and the largest score, and give 0 for no scores at all: nothing
 * analysed is nothing strange, and the count of metrics beside it says so.
 */
public enum AggregationStrategy {
    /** The largest score: one sick part makes the whole sick. */
    MAX {
        @Override
        double reduce(double[] scores, double[] weights) {
            return Arrays.stream(scores).max().orElse(0);
        }
    },

    /** The arithmetic mean: how widespread. */
    MEAN {
        @Override
        double reduce(double[] scores, double[] weights) {
            return WEIGHTED.reduce(scores, uniform(scores.length));
        }
    },

    /**
     * The weighted mean Σwᵢsᵢ / Σwᵢ. Metrics weigh by {@link MetricWeights}, nodes and clusters by
     * their number of metrics.
     */
    WEIGHTED {
        @Override
        double reduce(double[] scores, double[] weights) {
            // Sorted, so that rounding is the same in whatever order the scores come.
            Integer[] order = new Integer[scores.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(
                    order,
                    (a, b) -> {
                        int byScore = Double.compare(scores[a], scores[b]);
                        return byScore != 0 ? byScore : Double.compare(weights[a], weights[b]);
                    });
            double total = 0;
            double sum = 0;
            for (int i : order) {
                total += weights[i];
                sum += weights[i] * scores[i];
            }
            if (total == 0) {
                return 0;
            }
            double smallest = scores[order[0]];
            double largest = scores[order[order.length - 1]];
            return Math.clamp(sum / total, smallest, largest);
        }
    },

    /**
     * The 95th percentile by nearest rank: the ⌈0.95 n⌉-th smallest score, always one of the
     * scores. Up to 19 scores that is the largest; from 20 on, one score in twenty may be strange
     * without moving it.
     *
     * <p>Source: R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American
     * Statistician 50 (1996) 361–365, definition 1 (the inverse of the empirical distribution
     * function). Chosen over the interpolating definition 7 (the default of R and NumPy), which
     * makes 0.86 of the scores 0.9 and 0.1 and so hides the one sick metric of a small node. The
     * definition in the NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.2 (rank p (n
     * + 1), interpolated, the largest value where the rank exceeds n) agrees with ours up to 18
     * scores.
     */
    P95 {
        @Override
        double reduce(double[] scores, double[] weights) {
            double[] sorted = scores.clone();
            Arrays.sort(sorted);
            // In integers: 0.95 has no exact double, and a rank must not hang on its rounding.
            long rank = (95L * sorted.length + 99) / 100;
            return sorted[(int) rank - 1];
        }
    };

    /** The aggregate of at least one valid score. */
    abstract double reduce(double[] scores, double[] weights);

    /**
     * The aggregate of those scores, all of the same weight.
     *
     * @param scores each in [0,1], in any order; not modified
     * @return in [0,1]; 0 when there are none
     * @throws IllegalArgumentException when a score is outside [0,1] or NaN; the message holds it
     */
    public double aggregate(double[] scores) {
        return aggregate(scores, uniform(scores.length));
    }

    /**
     * The aggregate of those scores; only {@link #WEIGHTED} looks at the weights, all check them.
     *
     * @param scores each in [0,1], in any order; not modified
     * @param weights one per score, finite and 0 or more; a weight of 0 leaves its score out of
     *     {@link #WEIGHTED}, weights that are all 0 leave none
     * @return in [0,1]; 0 when there are none
     * @throws IllegalArgumentException when a score or weight is out of its range or their numbers
     *     differ; the message holds what was found
     */
    public double aggregate(double[] scores, double[] weights) {
        if (scores.length != weights.length) {
            throw new IllegalArgumentException(
                    "scores and weights must be aligned, are "
                            + scores.length
                            + " and "
                            + weights.length);
        }
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] >= 0 && scores[i] <= 1)) {
                throw new IllegalArgumentException("score must be in [0,1], is " + scores[i]);
            }
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight must be finite and 0 or more, is " + weights[i]);
            }
        }
        return scores.length == 0 ? 0 : reduce(scores, weights);
    }

    /** The strategy in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The strategy of that label, in any case.
     *
     * @throws IllegalArgumentException when there is none; the message lists what there is
     */
    public static AggregationStrategy of(String label) {
        for (AggregationStrategy strategy : values()) {
            if (strategy.label().equals(label.toLowerCase(Locale.ROOT))) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
                "aggregation strategy must be max, mean, weighted or p95, is '" + label + "'");
    }

    private static double[] uniform(int length) {
        double[] weights = new double[length];
        Arrays.fill(weights, 1);
        return weights;
    }
}
