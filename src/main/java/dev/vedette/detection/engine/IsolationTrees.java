package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An isolation forest in flat arrays: binary trees, each grown from a sample of rows, a node's
 * children at {@code 2i+1} and {@code 2i+2}.
 *
 * <p>Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation Forest", ICDM 2008, algorithms 1 to 3;
 * the depth is the paper's limit for the sample, its logarithm to base 2, rounded up.
 *
 * <p>Every walk goes to the full depth, as a leaf higher up repeats its number below: loops of one
 * length without a branch that depends on the data let the processor walk several trees at a time.
 * Scoring does not change a forest: threads may share one that is no longer grown.
 */
public final class IsolationTrees {
    /** Most numbers in a row. */
    public static final int MOST_WIDTH = 127;

    private static final byte LEAF = -1;
    private static final double EULER = 0.577_215_664_901_532_9;

    private final int width;
    private final int trees;
    private final int sample;
    private final int depth;
    private final int nodes;
    private final byte[] feature;

    /** Where an inner node splits; the path's length at a leaf. */
    private final float[] number;

    private final double usualLength;

    /** Made once: growing allocates nothing. */
    private final Growth growth = new Growth();

    /**
     * A forest that knows nothing.
     *
     * @param width numbers in a row, 1 to {@value #MOST_WIDTH}
     * @param trees 1 or more
     * @param sample rows that each tree is grown from, 2 or more
     */
    public IsolationTrees(int width, int trees, int sample) {
        this.width = width;
        this.trees = trees;
        this.sample = sample;
        depth = Integer.SIZE - Integer.numberOfLeadingZeros(sample - 1);
        nodes = (1 << (depth + 1)) - 1;
        feature = new byte[trees * nodes];
        number = new float[trees * nodes];
        usualLength = averageLength(sample);
        int bottom = nodes / 2;
        for (int root = 0; root < feature.length; root += nodes) {
            Arrays.fill(feature, root + bottom, root + nodes, LEAF);
        }
    }

    /** How many trees there are. */
    public int trees() {
        return trees;
    }

    /** How many rows each tree is grown from. */
    public int sample() {
        return sample;
    }

    /** Size of its part of a snapshot. */
    public int bytes() {
        return trees * nodes * (1 + Float.BYTES);
    }

    /**
     * The anomaly score of equation 2, in (0,1]: near 1 where the row is isolated early, below 0.5
     * where it is usual.
     *
     * @param row as wide as the forest, finite
     */
    public double score(double[] row) {
        double length = 0;
        for (int root = 0; root < feature.length; root += nodes) {
            int i = 0;
            for (int level = 0; level < depth; level++) {
                i = 2 * i + (row[feature[root + i]] < number[root + i] ? 1 : 2);
            }
            length += number[root + i];
        }
        return Math.pow(2, -length / trees / usualLength);
    }

    /**
     * Adds to each feature what it did to isolate the row: in each tree the features on the way
     * share how much shorter the way was than the depth allows.
     *
     * <p>Source: M. Carletti, M. Terzi, G. A. Susto, "Interpretable Anomaly Detection with DIFFI",
     * Engineering Applications of AI 2023, section 3.3 (local importance: 1/h − 1/hmax).
     *
     * @param credit as wide as the forest; added to
     */
    public void credit(double[] row, double[] credit) {
        int[] path = new int[depth];
        for (int root = 0; root < feature.length; root += nodes) {
            int i = 0;
            int splits = 0;
            for (int level = 0; level < depth; level++) {
                int at = root + i;
                if (number[at] != Float.POSITIVE_INFINITY) {
                    path[splits++] = feature[at];
                }
                i = 2 * i + (row[feature[at]] < number[at] ? 1 : 2);
            }
            double share = splits == 0 ? 0 : 1.0 / splits - 1.0 / depth;
            for (int k = 0; k < splits; k++) {
                credit[path[k]] += share;
            }
        }
    }

    /**
     * Grows one tree anew.
     *
     * @param rows row after row
     * @param chosen indices of the rows to grow from, as many as {@link #sample()}; left in another
     *     order
     */
    public void grow(int tree, float[] rows, int[] chosen, SplitMix random) {
        growth.grow(tree * nodes, rows, chosen, random);
    }

    /** Makes a node a leaf: the whole way down from it leads to its number. */
    private void leaf(int root, int node, int level, float length) {
        int first = node;
        int count = 1;
        for (int k = level; k < depth; k++) {
            Arrays.fill(feature, root + first, root + first + count, (byte) 0);
            Arrays.fill(number, root + first, root + first + count, Float.POSITIVE_INFINITY);
            first = 2 * first + 1;
            count *= 2;
        }
        Arrays.fill(feature, root + first, root + first + count, LEAF);
        Arrays.fill(number, root + first, root + first + count, length);
    }

    /** Average length of an unsuccessful search among n rows, equation 1. */
    private static double averageLength(int n) {
        if (n <= 1) {
            return 0;
        }
        return n == 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - 2.0 * (n - 1) / n;
    }

    /** Appends {@link #bytes()} bytes. */
    public void write(ByteBuffer out) {
        out.put(feature);
        for (float one : number) {
            out.putFloat(one);
        }
    }

    /**
     * Takes the forest from {@link #bytes()} bytes.
     *
     * @throws CorruptSnapshotException when they hold a feature that no row has
     */
    public void read(ByteBuffer in) {
        in.get(feature);
        for (int i = 0; i < number.length; i++) {
            number[i] = in.getFloat();
        }
        for (int root = 0; root < feature.length; root += nodes) {
            check(root, 0, 0);
        }
    }

    private void check(int root, int node, int level) {
        int found = feature[root + node];
        if (found < LEAF || found >= width) {
            throw new CorruptSnapshotException("a tree asks for feature " + found + " of " + width);
        }
        if (found == LEAF) {
            // Snapshots of the first version end a way where its leaf is.
            leaf(root, node, level, number[root + node]);
        } else if (level == depth) {
            throw new CorruptSnapshotException("a tree is deeper than " + depth);
        } else {
            check(root, 2 * node + 1, level + 1);
            check(root, 2 * node + 2, level + 1);
        }
    }

    /** One tree's growth. */
    private final class Growth {
        private static final float[] NO_ROWS = {};

        private int root;
        private float[] rows = NO_ROWS;
        private int[] chosen = {};
        private SplitMix random = new SplitMix(0);

        void grow(int root, float[] rows, int[] chosen, SplitMix random) {
            this.root = root;
            this.rows = rows;
            this.chosen = chosen;
            this.random = random;
            grow(0, 0, 0, chosen.length);
            this.rows = NO_ROWS; // a whole table may have been lent
        }

        private void grow(int node, int level, int from, int to) {
            int by = level == depth || to - from <= 1 ? LEAF : choose(from, to);
            if (by == LEAF) {
                leaf(root, node, level, (float) (level + averageLength(to - from)));
                return;
            }
            float low = low(from, to, by);
            float high = high(from, to, by);
            float split = low + (float) (random.nextDouble() * ((double) high - low));
            // A split at the lowest value would leave one side empty.
            split = split <= low ? Math.nextUp(low) : split;
            feature[root + node] = (byte) by;
            number[root + node] = split;
            int middle = partition(from, to, by, split);
            grow(2 * node + 1, level + 1, from, middle);
            grow(2 * node + 2, level + 1, middle, to);
        }

        /** A random feature in which the rows differ, or {@link #LEAF} when they are all alike. */
        private int choose(int from, int to) {
            int start = random.nextInt(width);
            for (int k = 0; k < width; k++) {
                int one = (start + k) % width;
                if (low(from, to, one) < high(from, to, one)) {
                    return one;
                }
            }
            return LEAF;
        }

        private float low(int from, int to, int one) {
            float low = Float.POSITIVE_INFINITY;
            for (int i = from; i < to; i++) {
                low = Math.min(low, rows[chosen[i] * width + one]);
            }
            return low;
        }

        private float high(int from, int to, int one) {
            float high = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                high = Math.max(high, rows[chosen[i] * width + one]);
            }
            return high;
        }

        private int partition(int from, int to, int one, float split) {
            int left = from;
            for (int i = from; i < to; i++) {
                if (rows[chosen[i] * width + one] < split) {
                    int row = chosen[i];
                    chosen[i] = chosen[left];
                    chosen[left++] = row;
                }
            }
            return left;
        }
    }
}
