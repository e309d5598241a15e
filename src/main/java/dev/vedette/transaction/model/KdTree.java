package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * Finds the nearest of many rows, by Euclidean distance: a k-d tree whose halves are halves of one
 * array of row numbers, split near the median of the widest feature.
 *
 * <p>Source: J. H. Friedman, J. L. Bentley, R. A. Finkel, "An Algorithm for Finding Best Matches in
 * Logarithmic Expected Time", ACM TOMS 1977. Cost: O(n log² n) to build; O(log n) for a search
 * where features are few, at worst O(n). Equal rows always give the same tree.
 */
final class KdTree {
    private final int width;
    private final double[] rows;
    private final int leafRows;
    private final int[] order;

    /** Feature and place of the split between the halves that meet at a position of the order. */
    private final byte[] splitBy;

    private final double[] splitAt;

    /**
     * Builds the tree.
     *
     * @param rows row after row; retained, not modified
     * @param leafRows rows that are no longer split; each leaf has as many, but for the last
     */
    KdTree(int width, double[] rows, int leafRows) {
        this.width = width;
        this.rows = rows;
        this.leafRows = leafRows;
        order = new int[rows.length / width];
        Arrays.setAll(order, i -> i);
        splitBy = new byte[order.length];
        splitAt = new double[order.length];
        build(0, order.length);
    }

    private void build(int from, int to) {
        if (to - from <= leafRows) {
            return;
        }
        int by = widest(from, to);
        int middle = middle(from, to);
        select(from, to, middle, by);
        splitBy[middle] = (byte) by;
        splitAt[middle] = rows[order[middle] * width + by];
        build(from, middle);
        build(middle, to);
    }

    // whole leaves on the left
    private int middle(int from, int to) {
        return from + Math.ceilDiv(to - from, 2 * leafRows) * leafRows;
    }

    /** Numbers of the rows, leaf after leaf. */
    int[] order() {
        return order;
    }

    private int widest(int from, int to) {
        int widest = 0;
        double most = -1;
        for (int k = 0; k < width; k++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                double value = rows[order[i] * width + k];
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            if (high - low > most) {
                most = high - low;
                widest = k;
            }
        }
        return widest;
    }

    /** Puts the row of that rank where it belongs, lower ones before it, higher ones behind. */
    private void select(int from, int to, int rank, int by) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            double pivot = rows[order[(low + high) >>> 1] * width + by];
            int i = low;
            int j = high;
            while (i <= j) {
                while (rows[order[i] * width + by] < pivot) {
                    i++;
                }
                while (rows[order[j] * width + by] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int one = order[i];
                    order[i++] = order[j];
                    order[j--] = one;
                }
            }
            if (rank <= j) {
                high = j;
            } else if (rank >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    /**
     * Fills the search with the rows nearest to its own.
     *
     * @param except number of a row that is not to be found, or -1
     */
    void find(Nearest nearest, double[] row, int at, int except) {
        nearest.clear();
        find(nearest, row, at, except, 0, order.length);
    }

    private void find(Nearest nearest, double[] row, int at, int except, int from, int to) {
        if (to - from <= leafRows) {
            for (int i = from; i < to; i++) {
                if (order[i] != except) {
                    nearest.offer(rows, order[i], row, at);
                }
            }
            return;
        }
        int middle = middle(from, to);
        double beyond = row[at + splitBy[middle]] - splitAt[middle];
        boolean left = beyond < 0;
        find(nearest, row, at, except, left ? from : middle, left ? middle : to);
        if (beyond * beyond <= nearest.farthest()) {
            find(nearest, row, at, except, left ? middle : from, left ? to : middle);
        }
    }
}
