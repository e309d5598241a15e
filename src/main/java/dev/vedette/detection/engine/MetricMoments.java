package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is usual for each of a node's metrics alone: mean and variance that forget slowly. */
final class MetricMoments {
    /** Numbers kept for each metric. */
    static final int KEPT = 3;

    /** A metric counts after so many values. */
    static final int WARM_VALUES = 50;

    private static final double SLOWEST = 2e-5;
    private static final double MAX_Z = 20;

    /** How many spreads a value may teach. */
    static final double CLIP = 4;

    /** A spread of 0 counts as this share of the first deviation from it. */
    private static final double LEAST_SPREAD = 0.01;

    private final double[] mean;
    private final double[] variance;
    private final double[] seen;

    // Of the last row, no state.
    private final double[] z;
    private final double[] judged;
    private final double[] rates;

    private final NodeScratch.Group scratch;

    MetricMoments(int metrics, NodeScratch.Group scratch) {
        this(new double[metrics], new double[metrics], new double[metrics], scratch);
    }

    private MetricMoments(
            double[] mean, double[] variance, double[] seen, NodeScratch.Group scratch) {
        this.mean = mean;
        this.variance = variance;
        this.seen = seen;
        this.scratch = scratch;
        z = scratch.z;
        judged = scratch.judged;
        rates = scratch.rates;
    }

    /** The same with room for further metrics behind. */
    MetricMoments grown(int wanted) {
        return new MetricMoments(
                Arrays.copyOf(mean, wanted),
                Arrays.copyOf(variance, wanted),
                Arrays.copyOf(seen, wanted),
                scratch);
    }

    /** How fast a quantity is followed that was seen so often. */
    static double rate(double seen) {
        return Math.max(SLOWEST, 1 / (seen + 1));
    }

    /** The row's deviations in spreads, clipped; overwritten by the next row of any node. */
    double[] z() {
        return z;
    }

    /** The same, 0 for metrics that are not warm. */
    double[] judged() {
        return judged;
    }

    /** How fast each metric was followed at the last row, 0 for one that was missing. */
    double[] rates() {
        return rates;
    }

    /** Brings a row to spreads; NaN and infinite count as usual. */
    void standardise(double[] values) {
        for (int i = 0; i < mean.length; i++) {
            double error = seen[i] == 0 || !Double.isFinite(values[i]) ? 0 : values[i] - mean[i];
            double least = LEAST_SPREAD * Math.abs(error);
            double off = error == 0 ? 0 : error / Math.max(Math.sqrt(variance[i]), least);
            z[i] = Math.clamp(off, -MAX_Z, MAX_Z);
            judged[i] = seen[i] < WARM_VALUES ? 0 : z[i];
        }
    }

    /**
     * Learns a row.
     *
     * @param shrink the share of each deviation that is believed, in (0,1]
     */
    void learn(double[] values, double shrink) {
        for (int i = 0; i < mean.length; i++) {
            double value = values[i];
            rates[i] = Double.isFinite(value) ? rate(seen[i]) : 0;
            if (rates[i] == 0) {
                continue;
            }
            if (seen[i] == 0) {
                mean[i] = value;
            }
            double error = value - mean[i];
            double limit =
                    seen[i] < WARM_VALUES
                            ? Double.MAX_VALUE
                            : Math.max(CLIP * Math.sqrt(variance[i]), 0.001 * Math.abs(error));
            double step = shrink * Math.clamp(error, -limit, limit);
            mean[i] += rates[i] * step;
            variance[i] += rates[i] * (step * step - variance[i]);
            seen[i]++;
        }
    }

    void write(ByteBuffer out) {
        for (int i = 0; i < mean.length; i++) {
            out.putDouble(mean[i]).putDouble(variance[i]).putDouble(seen[i]);
        }
    }

    void read(ByteBuffer in) {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = in.getDouble();
            variance[i] = in.getDouble();
            seen[i] = in.getDouble();
        }
    }
}
