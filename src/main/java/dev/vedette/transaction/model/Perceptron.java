package dev.vedette.transaction.model;

import dev.vedette.detection.engine.SplitMix;
import java.util.Arrays;

/**
 * A net of layers, each fully connected to the next, hyperbolic tangents inside and a linear last
 * layer. All weights in one array: of each layer row by row, a bias after each row.
 *
 * <p>Sources: X. Glorot, Y. Bengio, "Understanding the Difficulty of Training Deep Feedforward
 * Neural Networks", AISTATS 2010, equation 16 (first weights); D. Kingma, J. Ba, "Adam: A Method
 * for Stochastic Optimization", ICLR 2015, algorithm 1.
 */
final class Perceptron {
    private static final int MOST_LAYERS = 16;

    private final int[] sizes;
    private final double[] weights;

    private Perceptron(int[] sizes, double[] weights) {
        this.sizes = sizes;
        this.weights = weights;
    }

    /** A net with random weights. */
    static Perceptron random(SplitMix random, int... sizes) {
        double[] weights = new double[count(sizes)];
        int at = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            double bound = Math.sqrt(6.0 / (sizes[layer - 1] + sizes[layer]));
            for (int i = 0; i < sizes[layer]; i++) {
                for (int j = 0; j < sizes[layer - 1]; j++) {
                    weights[at++] = bound * (2 * random.nextDouble() - 1);
                }
                at++;
            }
        }
        return new Perceptron(sizes, weights);
    }

    private static int count(int[] sizes) {
        int count = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            count += sizes[layer] * (sizes[layer - 1] + 1);
        }
        return count;
    }

    int inputs() {
        return sizes[0];
    }

    int outputs() {
        return sizes[sizes.length - 1];
    }

    /** The last layer's values. */
    double[] run(double[] input) {
        double[] values = input;
        int at = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            double[] next = new double[sizes[layer]];
            at = forward(values, next, at, layer == sizes.length - 1);
            values = next;
        }
        return values;
    }

    /** One layer from the one before; gives where the next layer's weights start. */
    private int forward(double[] from, double[] to, int start, boolean linear) {
        int inputs = from.length;
        int at = start;
        for (int i = 0; i < to.length; i++) {
            double sum = weights[at + inputs];
            for (int j = 0; j < inputs; j++) {
                sum += weights[at + j] * from[j];
            }
            to[i] = linear ? sum : Math.tanh(sum);
            at += inputs + 1;
        }
        return at;
    }

    /** Begins to learn; the net must not be run by others meanwhile. */
    Training training(double rate) {
        return new Training(rate);
    }

    void write(ModelWriter out) {
        out.numbers(sizes).numbers(weights);
    }

    static Perceptron read(ModelReader in) {
        int layers = in.number(2, MOST_LAYERS);
        int[] sizes = new int[layers];
        for (int i = 0; i < layers; i++) {
            sizes[i] = in.number(1, FeatureRows.MOST_WIDTH);
        }
        return new Perceptron(sizes, in.numbers(count(sizes)));
    }

    /** Learns to give back what it is given. */
    final class Training {
        private static final double FIRST_KEEP = 0.9;
        private static final double SECOND_KEEP = 0.999;
        private static final double LEAST_ROOT = 1e-8;

        private final double rate;
        private final double[][] values = new double[sizes.length][];
        private final double[][] errors = new double[sizes.length][];
        private final double[] gradient = new double[weights.length];
        private final double[] first = new double[weights.length];
        private final double[] second = new double[weights.length];
        private int steps;
        private int rows;

        private Training(double rate) {
            this.rate = rate;
            for (int layer = 0; layer < sizes.length; layer++) {
                values[layer] = new double[sizes[layer]];
                errors[layer] = new double[sizes[layer]];
            }
        }

        /** Adds the gradient of one row that starts at {@code at}. */
        void learn(double[] all, int at) {
            int last = sizes.length - 1;
            System.arraycopy(all, at, values[0], 0, sizes[0]);
            int weight = 0;
            for (int layer = 1; layer <= last; layer++) {
                weight = forward(values[layer - 1], values[layer], weight, layer == last);
            }
            for (int i = 0; i < sizes[last]; i++) {
                errors[last][i] = values[last][i] - values[0][i];
            }
            for (int layer = last; layer >= 1; layer--) {
                weight -= sizes[layer] * (sizes[layer - 1] + 1);
                back(layer, weight);
            }
            rows++;
        }

        private void back(int layer, int start) {
            double[] before = values[layer - 1];
            double[] beforeErrors = errors[layer - 1];
            Arrays.fill(beforeErrors, 0);
            int at = start;
            for (int i = 0; i < sizes[layer]; i++) {
                double error = errors[layer][i];
                for (int j = 0; j < before.length; j++) {
                    gradient[at + j] += error * before[j];
                    beforeErrors[j] += error * weights[at + j];
                }
                gradient[at + before.length] += error;
                at += before.length + 1;
            }
            for (int j = 0; j < before.length; j++) {
                beforeErrors[j] *= 1 - before[j] * before[j];
            }
        }

        /**
         * Moves the weights by the mean gradient since the last step.
         *
         * @param part of the rate, falling to 0 as training ends
         */
        void step(double part) {
            steps++;
            double firstBias = 1 - Math.pow(FIRST_KEEP, steps);
            double secondBias = 1 - Math.pow(SECOND_KEEP, steps);
            for (int i = 0; i < weights.length; i++) {
                double slope = gradient[i] / rows;
                first[i] += (1 - FIRST_KEEP) * (slope - first[i]);
                second[i] += (1 - SECOND_KEEP) * (slope * slope - second[i]);
                weights[i] -=
                        part
                                * rate
                                * first[i]
                                / firstBias
                                / (Math.sqrt(second[i] / secondBias) + LEAST_ROOT);
            }
            Arrays.fill(gradient, 0);
            rows = 0;
        }
    }
}
