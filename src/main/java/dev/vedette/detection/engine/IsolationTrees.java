package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An isolation forest in flat arrays: {@value #TREES} binary trees of depth {@value #DEPTH}, each
 * grown from {@value #SAMPLE} rows, a node's children at {@code 2i+1} and {@code 2i+2}.
 *
 * <p>Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation Forest", ICDM 2008, algorithms 1 to 3;
 * the depth is the paper's limit for the sample, log2 {@value #SAMPLE}.
 */
final class IsolationTrees {
    static final int TREES = 64;
    static final int SAMPLE = 64;
    static final int DEPTH = 6;

    private static final int NODES = (1 << (DEPTH + 1)) - 1;
    private static final byte LEAF = -1;

    /** Size of its part of a snapshot. */
    static final int BYTES = TREES * NODES * (1 + Float.BYTES);

    private static final double EULER = 0.577_215_664_901_532_9;
    private static final double USUAL_LENGTH = averageLength(SAMPLE);

    private final int width;
    private final byte[] feature = new byte[TREES * NODES];

    /** Where an inner node splits; the path's length at a leaf. */
    private final float[] number = new float[TREES * NODES];

    /**
     * A forest that knows nothing.
     *
     * @param width numbers in a row, 1 to 127
     */
    IsolationTrees(int width) {
        this.width = width;
        Arrays.fill(feature, LEAF);
    }

    /**
     * The anomaly score of equation 2, in (0,1]: near 1 where the row is isolated early, below 0.5
     * where it is usual.
     */
    double score(float[] row) {
        double length = 0;
        for (int tree = 0; tree < TREES; tree++) {
            int root = tree * NODES;
            int i = 0;
            while (feature[root + i] != LEAF) {
                i = 2 * i + (row[feature[root + i]] < number[root + i] ? 1 : 2);
            }
            length += number[root + i];
        }
        return Math.pow(2, -length / TREES / USUAL_LENGTH);
    }

    /**
     * Grows one tree anew.
     *
     * @param rows row after row
     * @param sample indices of the rows to grow from, {@value #SAMPLE} of them; left in another
     *     order
     */
    void grow(int tree, float[] rows, int[] sample, SplitMix random) {
        grow(tree * NODES, 0, 0, rows, sample, 0, sample.length, random);
    }

    private void grow(
            int root,
            int node,
            int depth,
            float[] rows,
            int[] sample,
            int from,
            int to,
            SplitMix random) {
        int chosen =
                depth == DEPTH || to - from <= 1 ? LEAF : choose(rows, sample, from, to, random);
        feature[root + node] = (byte) chosen;
        if (chosen == LEAF) {
            number[root + node] = (float) (depth + averageLength(to - from));
            return;
        }
        float low = low(rows, sample, from, to, chosen);
        float high = high(rows, sample, from, to, chosen);
        float split = low + (float) (random.nextDouble() * ((double) high - low));
        // A split at the lowest value would leave one side empty.
        split = split <= low ? Math.nextUp(low) : split;
        number[root + node] = split;
        int middle = partition(rows, sample, from, to, chosen, split);
        grow(root, 2 * node + 1, depth + 1, rows, sample, from, middle, random);
        grow(root, 2 * node + 2, depth + 1, rows, sample, middle, to, random);
    }

    /** A random feature in which the rows differ, or {@link #LEAF} when they are all alike. */
    private int choose(float[] rows, int[] sample, int from, int to, SplitMix random) {
        int start = random.nextInt(width);
        for (int k = 0; k < width; k++) {
            int one = (start + k) % width;
            if (low(rows, sample, from, to, one) < high(rows, sample, from, to, one)) {
                return one;
            }
        }
        return LEAF;
    }

    private float low(float[] rows, int[] sample, int from, int to, int one) {
        float low = Float.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            low = Math.min(low, rows[sample[i] * width + one]);
        }
        return low;
    }

    private float high(float[] rows, int[] sample, int from, int to, int one) {
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            high = Math.max(high, rows[sample[i] * width + one]);
        }
        return high;
    }

    private int partition(float[] rows, int[] sample, int from, int to, int one, float split) {
        int left = from;
        for (int i = from; i < to; i++) {
            if (rows[sample[i] * width + one] < split) {
                int row = sample[i];
                sample[i] = sample[left];
                sample[left++] = row;
            }
        }
        return left;
    }

    /** Average length of an unsuccessful search among n rows, equation 1. */
    private static double averageLength(int n) {
        if (n <= 1) {
            return 0;
        }
        return n == 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - 2.0 * (n - 1) / n;
    }

    void write(ByteBuffer out) {
        out.put(feature);
        for (float one : number) {
            out.putFloat(one);
        }
    }

    void read(ByteBuffer in) {
        in.get(feature);
        for (int i = 0; i < number.length; i++) {
            number[i] = in.getFloat();
        }
    }
}
