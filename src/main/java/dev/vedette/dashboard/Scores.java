package dev.vedette.dashboard;

/** Rows of scores as the queries give them, for drawing. */
final class Scores {
    private Scores() {}

    /** The same row in the width the drawings use; NaN stays NaN. */
    static double[] wide(float[] row) {
        double[] wide = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            wide[i] = row[i];
        }
        return wide;
    }

    /** The last score of the row that is one; NaN when there is none in its last {@code reach}. */
    static double last(float[] row, int reach) {
        for (int i = row.length - 1; i >= Math.max(0, row.length - reach); i--) {
            if (!Float.isNaN(row[i])) {
                return row[i];
            }
        }
        return Double.NaN;
    }

    /** Index of the last score that is one; -1 when there is none. */
    static int lastIndex(float[] row) {
        for (int i = row.length - 1; i >= 0; i--) {
            if (!Float.isNaN(row[i])) {
                return i;
            }
        }
        return -1;
    }
}
