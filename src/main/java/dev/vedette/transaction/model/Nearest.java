package dev.vedette.transaction.model;

import java.util.Arrays;

/** The nearest rows found so far, nearest first, by squared Euclidean distance. */
final class Nearest {
    private final int width;
    private final double[] squares;
    private final int[] rows;

    Nearest(int width, int count) {
        this.width = width;
        squares = new double[count];
        rows = new int[count];
    }

    void clear() {
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
        Arrays.fill(rows, -1);
    }

    int count() {
        return rows.length;
    }

    int row(int rank) {
        return rows[rank];
    }

    double square(int rank) {
        return squares[rank];
    }

    double distance(int rank) {
        return Math.sqrt(squares[rank]);
    }

    /** Squared distance of the farthest kept one; infinite until there are as many as wanted. */
    double farthest() {
        return squares[squares.length - 1];
    }

    /** Considers row {@code number} of all, for the row that starts at {@code at} of the asking. */
    void offer(double[] all, int number, double[] asking, int at) {
        double bound = farthest();
        double square = 0;
        int from = number * width;
        for (int k = 0; k < width; k++) {
            double off = all[from + k] - asking[at + k];
            square += off * off;
        }
        if (square < bound) {
            keep(number, square);
        }
    }

    /** Keeps a row that is nearer than the farthest kept one, in that one's stead. */
    void keep(int number, double square) {
        int rank = squares.length - 1;
        while (rank > 0 && squares[rank - 1] > square) {
            squares[rank] = squares[rank - 1];
            rows[rank] = rows[rank - 1];
            rank--;
        }
        squares[rank] = square;
        rows[rank] = number;
    }

    /** Adds to each feature its squared distances to the rows found. */
    void credit(double[] all, double[] asking, double[] credit) {
        for (int number : rows) {
            for (int k = 0; k < width && number >= 0; k++) {
                double off = all[number * width + k] - asking[k];
                credit[k] += off * off;
            }
        }
    }
}
