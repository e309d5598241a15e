package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * Finds the nearest of some thousand rows, by Euclidean distance, by looking at all of them. With
 * many features and many neighbours a tree leaves out next to none of so few, and costs the order
 * of its visits; here rows stand feature by feature in blocks, so that the processor measures
 * several of them at once. Distances are the same to the last bit as row by row. Immutable.
 */
final class RowScan {
    private static final int BLOCK = 256;

    private final int width;
    private final int count;

    /** Block after block: the first feature of its rows, then their second, and so on. */
    private final double[][] columns;

    /**
     * Of those rows.
     *
     * @param rows row after row; not retained
     */
    RowScan(int width, double[] rows) {
        this.width = width;
        count = rows.length / width;
        columns = new double[Math.ceilDiv(count, BLOCK) * width][BLOCK];
        for (int row = 0; row < count; row++) {
            for (int k = 0; k < width; k++) {
                columns[row / BLOCK * width + k][row % BLOCK] = rows[row * width + k];
            }
        }
    }

    /** Fills the search with the rows nearest to that one. */
    void find(Nearest nearest, double[] row) {
        nearest.clear();
        double[] squares = new double[BLOCK];
        for (int first = 0; first < count; first += BLOCK) {
            Arrays.fill(squares, 0);
            for (int k = 0; k < width; k++) {
                add(squares, columns[first / BLOCK * width + k], row[k]);
            }
            int size = Math.min(BLOCK, count - first);
            for (int i = 0; i < size; i++) {
                if (squares[i] < nearest.farthest()) {
                    nearest.keep(first + i, squares[i]);
                }
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
