package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * Finds the nearest of some thousand rows, by Euclidean distance, by looking at most of them. With
 * many features and many neighbours a tree leaves out few of so few rows, and costs the order of
 * its visits; here rows that are near each other stand together in blocks, feature by feature, so
 * that the processor measures several of them at once. The block that may hold the nearest rows
 * comes first, and those that cannot hold nearer ones than were found are left out: most rows are
 * then compared with a bound that is small already. Distances are the same to the last bit as row
 * by row. Immutable.
 */
final class RowScan {
    private static final int BLOCK = 64;

    private final int width;

    /** Numbers of the rows, block after block. */
    private final int[] order;

    private final Block[] blocks;

    /**
     * Rows that stand together.
     *
     * @param columns the first feature of its rows, then their second, and so on
     * @param low the least of each feature
     * @param high the largest
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(double[][] columns, double[] low, double[] high) {
        /** The square of how far a row is from the box around these, at least. */
        double square(double[] row) {
            double square = 0;
            for (int k = 0; k < low.length; k++) {
                double off = Math.max(0, Math.max(low[k] - row[k], row[k] - high[k]));
                square += off * off;
            }
            return square;
        }
    }

    /**
     * Of those rows.
     *
     * @param rows row after row; not retained
     */
    RowScan(int width, double[] rows) {
        this.width = width;
        order = new KdTree(width, rows, BLOCK).order();
        blocks = new Block[Math.ceilDiv(order.length, BLOCK)];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = block(rows, b * BLOCK, Math.min(order.length, (b + 1) * BLOCK));
        }
    }

    private Block block(double[] rows, int from, int to) {
        Block block = new Block(new double[width][BLOCK], new double[width], new double[width]);
        Arrays.fill(block.low, Double.POSITIVE_INFINITY);
        Arrays.fill(block.high, Double.NEGATIVE_INFINITY);
        for (int i = from; i < to; i++) {
            for (int k = 0; k < width; k++) {
                double value = rows[order[i] * width + k];
                block.columns[k][i - from] = value;
                block.low[k] = Math.min(block.low[k], value);
                block.high[k] = Math.max(block.high[k], value);
            }
        }
        return block;
    }

    /** Fills the search with the rows nearest to that one. */
    void find(Nearest nearest, double[] row) {
        nearest.clear();
        Nearest near = new Nearest(width, blocks.length);
        near.clear();
        for (int b = 0; b < blocks.length; b++) {
            near.keep(b, blocks[b].square(row));
        }
        double[] squares = new double[BLOCK];
        for (int i = 0; i < blocks.length && near.square(i) < nearest.farthest(); i++) {
            find(nearest, row, near.row(i), squares);
        }
    }

    private void find(Nearest nearest, double[] row, int block, double[] squares) {
        Arrays.fill(squares, 0);
        for (int k = 0; k < width; k++) {
            add(squares, blocks[block].columns[k], row[k]);
        }
        int first = block * BLOCK;
        int size = Math.min(BLOCK, order.length - first);
        for (int i = 0; i < size; i++) {
            if (squares[i] < nearest.farthest()) {
                nearest.keep(order[first + i], squares[i]);
            }
        }
    }

    // the form that the compiler makes vector instructions of
    private static void add(double[] squares, double[] column, double value) {
        for (int i = 0; i < BLOCK; i++) {
            double off = column[i] - value;
            squares[i] += off * off;
        }
    }
}
