package dev.vedette.transaction.model;

import dev.vedette.detection.engine.SplitMix;
import java.util.Arrays;

/**
 * How badly a row is rebuilt after it was squeezed through a narrow layer: the root of the mean
 * squared error of its features, after robust scaling and an inverse hyperbolic sine, which keeps
 * heavy tails from filling the net.
 *
 * <p>Source: S. Hawkins, H. He, G. Williams, R. Baxter, "Outlier Detection Using Replicator Neural
 * Networks", DaWaK 2002; {@link Perceptron} for the net. Layers: width, about two thirds of it, a
 * third, two thirds, width. Learns about {@value #VISITS} rows, over and over where there are
 * fewer.
 */
public final class Autoencoder implements OutlierModel {
    private static final int VISITS = 200_000;
    private static final int BATCH = 32;
    private static final double RATE = 0.003;

    private final RowScaling scaling;
    private final Perceptron net;

    private Autoencoder(RowScaling scaling, Perceptron net) {
        this.scaling = scaling;
        this.net = net;
    }

    static Autoencoder fit(FeatureRows rows, long seed) {
        int width = rows.width();
        RowScaling scaling = RowScaling.robust(rows);
        SplitMix random = new SplitMix(seed);
        int outer = Math.max(2, (2 * width + 2) / 3);
        int inner = Math.max(1, width / 3);
        Perceptron net = Perceptron.random(random, width, outer, inner, outer, width);
        double[] inputs = new double[rows.values().length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = squeezed(scaling.scaled(rows.values()[i], i % width));
        }
        Perceptron.Training training = net.training(RATE);
        int steps = VISITS / BATCH;
        for (int step = 0; step < steps; step++) {
            for (int k = 0; k < BATCH; k++) {
                training.learn(inputs, random.nextInt(rows.count()) * width);
            }
            training.step(1 - (double) step / steps);
        }
        return new Autoencoder(scaling, net);
    }

    private static double squeezed(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
    }

    @Override
    public ModelKind kind() {
        return ModelKind.AUTOENCODER;
    }

    @Override
    public int width() {
        return scaling.width();
    }

    @Override
    public double score(double[] row) {
        double[] errors = new double[row.length];
        squaredErrors(row, errors);
        double sum = 0;
        for (double error : errors) {
            sum += error;
        }
        return Math.sqrt(sum / errors.length);
    }

    @Override
    public void contributions(double[] row, double[] shares) {
        squaredErrors(row, shares);
        OutlierModel.normalise(shares);
    }

    private void squaredErrors(double[] row, double[] errors) {
        double[] input = new double[row.length];
        for (int k = 0; k < input.length; k++) {
            input[k] = squeezed(scaling.scaled(row[k], k));
        }
        double[] output = net.run(input);
        Arrays.setAll(errors, k -> (output[k] - input[k]) * (output[k] - input[k]));
    }

    @Override
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter().number(width());
        scaling.write(out);
        net.write(out);
        return out.seal(kind().id());
    }

    static Autoencoder read(ModelReader in) {
        int width = in.number(1, FeatureRows.MOST_WIDTH);
        RowScaling scaling = RowScaling.read(in, width);
        Perceptron net = Perceptron.read(in);
        if (net.inputs() != width || net.outputs() != width) {
            throw in.corrupt(
                    "the net takes %d and gives %d, the rows have %d"
                            .formatted(net.inputs(), net.outputs(), width));
        }
        return new Autoencoder(scaling, net);
    }
}
