package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * The joint view of a node's metrics: how far a row of values lies from what the metrics usually do
 * together, by a correlation matrix that forgets slowly and learns with clipped updates.
 *
 * <p>Distance: {@code sqrt(z' (R + λI)^-1 z / m)} with z the standardised, clipped deviations and R
 * their exponentially weighted second moments. The score is the distance plus the mean strangeness
 * of the single metrics, smoothed over about ten rows, over itself plus a constant: the joint view
 * sees broken ties, the single ones see broken seasons.
 *
 * <p>Source: P. C. Mahalanobis, "On the Generalised Distance in Statistics" (1936). We differ in
 * the ridge λ, which lets constant metrics and twins stand, and in the clipping, which keeps an
 * incident from teaching itself; forgetting too fast was the largest error on real servers.
 *
 * <p>Cost: O(m³/6) per row for m metrics, (m² + m)/2 + 3m numbers of state; an update allocates
 * nothing. Missing values (NaN) count as usual ones and teach nothing. Not thread-safe.
 */
public final class NodeDetector {
    /** Most metrics of one node. */
    public static final int MAX_METRICS = 64;

    private static final String OWNER = "node";
    private static final int VERSION = 1;

    private static final double SLOWEST = 2e-5;
    private static final double RIDGE = 0.1;
    private static final double MAX_Z = 10;
    private static final double CLIP = 4;
    private static final double SMOOTHING = 0.1;
    private static final int WARM_ROWS = 50;

    /** Two thirds of the distance at which the score is 0.6. */
    private static final double HALF = 4;

    /** A spread of 0 counts as this share of the first deviation from it. */
    private static final double LEAST_SPREAD = 0.01;

    private final int metrics;
    private final double[] mean;
    private final double[] variance;
    private final double[] seen;
    private final double[] moments;
    private double rows;
    private double smoothed;

    // Scratch of one update, no state.
    private final double[] factor;
    private final double[] z;
    private final double[] solved;

    /**
     * A detector that has seen nothing.
     *
     * @param metrics how many metrics a row has, 1 to {@value #MAX_METRICS}
     * @throws IllegalArgumentException when there are fewer or more
     */
    public NodeDetector(int metrics) {
        if (metrics < 1 || metrics > MAX_METRICS) {
            throw new IllegalArgumentException(
                    "a node must have 1 to " + MAX_METRICS + " metrics, has " + metrics);
        }
        this.metrics = metrics;
        mean = new double[metrics];
        variance = new double[metrics];
        seen = new double[metrics];
        moments = new double[metrics * (metrics + 1) / 2];
        factor = new double[moments.length];
        z = new double[metrics];
        solved = new double[metrics];
    }

    /**
     * Judges the next row and learns from it.
     *
     * @param values one value per metric, always in the same order; NaN where one is missing;
     *     further values are not looked at
     * @param strangeness mean {@link Verdict#strangeness} of the row's metrics, 0 where unknown
     * @return how abnormal the node is now, in [0,1]
     */
    public double update(double[] values, double strangeness) {
        standardise(values);
        double distance = rows < WARM_ROWS ? 0 : distance();
        double shrink = distance > CLIP ? CLIP / distance : 1;
        learn(values, shrink);
        rows++;
        smoothed += SMOOTHING * (distance + strangeness - smoothed);
        return smoothed / (smoothed + HALF);
    }

    /**
     * How much each metric had to do with the last row's distance.
     *
     * @param shares filled with shares of 0 or more that sum to 1, or all 0 when nothing is off
     */
    public void contributions(double[] shares) {
        double sum = 0;
        for (int i = metrics - 1; i >= 0; i--) {
            // Back substitution turns the solved half into (R + λI)^-1 z.
            double s = solved[i];
            for (int k = i + 1; k < metrics; k++) {
                s -= factor[at(k, i)] * shares[k];
            }
            shares[i] = s / factor[at(i, i)];
        }
        for (int i = 0; i < metrics; i++) {
            shares[i] = Math.max(0, shares[i] * z[i]);
            sum += shares[i];
        }
        for (int i = 0; i < metrics; i++) {
            shares[i] = sum > 0 ? shares[i] / sum : 0;
        }
    }

    private void standardise(double[] values) {
        for (int i = 0; i < metrics; i++) {
            double error = seen[i] == 0 || !Double.isFinite(values[i]) ? 0 : values[i] - mean[i];
            double least = LEAST_SPREAD * Math.abs(error);
            double off = error == 0 ? 0 : error / Math.max(Math.sqrt(variance[i]), least);
            z[i] = Math.clamp(off, -MAX_Z, MAX_Z);
        }
    }

    /** Cholesky factor of R + λI, and the forward solution whose squares sum to the distance. */
    private double distance() {
        double squares = 0;
        for (int i = 0; i < metrics; i++) {
            int row = at(i, 0);
            double s = z[i];
            for (int j = 0; j <= i; j++) {
                int other = at(j, 0);
                double sum = moments[row + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[row + k] * factor[other + k];
                }
                if (j == i) {
                    double ridge = RIDGE + (moments[row + i] > 0 ? 0 : 1);
                    factor[row + i] = Math.sqrt(Math.max(sum + ridge, 1e-9));
                } else {
                    factor[row + j] = sum / factor[other + j];
                }
            }
            for (int k = 0; k < i; k++) {
                s -= factor[row + k] * solved[k];
            }
            solved[i] = s / factor[row + i];
            squares += solved[i] * solved[i];
        }
        return Math.sqrt(squares / metrics);
    }

    private void learn(double[] values, double shrink) {
        for (int i = 0; i < metrics; i++) {
            double value = values[i];
            if (!Double.isFinite(value)) {
                continue;
            }
            if (seen[i] == 0) {
                mean[i] = value;
            }
            double rate = Math.max(SLOWEST, 1 / (seen[i] + 1));
            double error = value - mean[i];
            double limit =
                    seen[i] < WARM_ROWS
                            ? Double.MAX_VALUE
                            : Math.max(CLIP * Math.sqrt(variance[i]), 0.001 * Math.abs(error));
            double step = shrink * Math.clamp(error, -limit, limit);
            mean[i] += rate * step;
            variance[i] += rate * (step * step - variance[i]);
            seen[i]++;
        }
        double rate = Math.max(SLOWEST, 1 / (rows + 1));
        double squared = shrink * shrink;
        for (int i = 0; i < metrics; i++) {
            int row = at(i, 0);
            double a = squared * Math.clamp(z[i], -CLIP, CLIP);
            for (int j = 0; j <= i; j++) {
                double product = a * Math.clamp(z[j], -CLIP, CLIP);
                moments[row + j] += rate * (product - moments[row + j]);
            }
        }
    }

    /** Where row i of a lower triangle stored by rows has its column j. */
    private static int at(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    /** The whole state, to be handed to {@link #restore}; going on is bit-identical. */
    public byte[] snapshot() {
        ByteBuffer out = ByteBuffer.allocate(4 + Double.BYTES * (2 + 3 * metrics + moments.length));
        out.putInt(metrics).putDouble(rows).putDouble(smoothed);
        for (double[] numbers : new double[][] {mean, variance, seen, moments}) {
            for (double number : numbers) {
                out.putDouble(number);
            }
        }
        return SnapshotEnvelope.seal(OWNER, VERSION, out.array());
    }

    /**
     * A detector with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this version
     */
    public static NodeDetector restore(byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(OWNER, VERSION, snapshot);
        NodeDetector node = new NodeDetector(in.getInt());
        SnapshotEnvelope.requireLength(
                OWNER, in, Double.BYTES * (2 + 3 * node.metrics + node.moments.length));
        node.rows = in.getDouble();
        node.smoothed = in.getDouble();
        for (double[] numbers :
                new double[][] {node.mean, node.variance, node.seen, node.moments}) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.getDouble();
            }
        }
        return node;
    }
}
