package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * How far out each feature lies in its own empirical distribution: the sum over features of minus
 * the logarithm of the smaller tail. Has nothing to tune.
 *
 * <p>Source: Z. Li et al., "ECOD: Unsupervised Outlier Detection Using Empirical Cumulative
 * Distribution Functions", IEEE TKDE 2022, algorithm 1. As the authors' own code in PyOD does, the
 * larger of both sides is taken for each feature and not for the row, so that features' parts add
 * up. We differ in leaving the choice by skewness out (it changes little where both sides are
 * looked at), and in keeping at most {@value #MOST_KNOTS} values of a feature: the outermost 1 024
 * of either side all, those between them evenly thinned, and interpolated. Cost: O(width · log
 * {@value #MOST_KNOTS}) per row, no allocation.
 */
public final class EmpiricalTails implements OutlierModel {
    private static final int MOST_KNOTS = 4096;
    private static final int OUTERMOST = MOST_KNOTS / 4;

    /** What a value beyond all seen ones counts as, in rows. */
    private static final double UNSEEN = 0.5;

    private final int rows;

    /** Per feature: different values, ascending, and how many rows lie below and up to each. */
    private final double[][] knots;

    private final int[][] below;
    private final int[][] upTo;

    private EmpiricalTails(int rows, double[][] knots, int[][] below, int[][] upTo) {
        this.rows = rows;
        this.knots = knots;
        this.below = below;
        this.upTo = upTo;
    }

    static EmpiricalTails fit(FeatureRows rows) {
        int width = rows.width();
        EmpiricalTails tails =
                new EmpiricalTails(
                        rows.count(), new double[width][], new int[width][], new int[width][]);
        for (int k = 0; k < width; k++) {
            tails.learn(k, rows.sortedColumn(k));
        }
        return tails;
    }

    private void learn(int column, double[] sorted) {
        double[] values = Arrays.stream(sorted).distinct().toArray();
        int count = Math.min(values.length, MOST_KNOTS);
        double[] kept = new double[count];
        int[] low = new int[count];
        int[] high = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            kept[i] = values[position(i, values.length)];
            while (sorted[at] < kept[i]) {
                at++;
            }
            low[i] = at;
            while (at < sorted.length && sorted[at] <= kept[i]) {
                at++;
            }
            high[i] = at;
        }
        knots[column] = kept;
        below[column] = low;
        upTo[column] = high;
    }

    /** Which of so many values the i-th knot is. */
    private static int position(int i, int values) {
        if (values <= MOST_KNOTS || i < OUTERMOST) {
            return i;
        }
        int fromEnd = MOST_KNOTS - i;
        if (fromEnd <= OUTERMOST) {
            return values - fromEnd;
        }
        long inner = values - 2L * OUTERMOST;
        return (int) (OUTERMOST + (i - OUTERMOST) * inner / (MOST_KNOTS - 2 * OUTERMOST));
    }

    @Override
    public ModelKind kind() {
        return ModelKind.EMPIRICAL_TAILS;
    }

    @Override
    public int width() {
        return knots.length;
    }

    @Override
    public double score(double[] row) {
        double sum = 0;
        for (int k = 0; k < knots.length; k++) {
            sum += farOut(k, row[k]);
        }
        return sum;
    }

    /** Minus the logarithm of the smaller tail. */
    private double farOut(int column, double value) {
        double[] known = knots[column];
        int found = Arrays.binarySearch(known, value + 0.0);
        double left;
        double right;
        if (found >= 0) {
            left = upTo[column][found];
            right = rows - (double) below[column][found];
        } else {
            left = between(column, -found - 2, value);
            right = rows - left;
        }
        return -Math.log(Math.max(Math.min(left, right), UNSEEN) / rows);
    }

    /** How many rows lie below a value between a knot and the next. */
    private double between(int column, int knot, double value) {
        double[] known = knots[column];
        if (knot < 0) {
            return 0;
        }
        if (knot == known.length - 1) {
            return rows;
        }
        double low = upTo[column][knot];
        double part = (value - known[knot]) / (known[knot + 1] - known[knot]);
        return low + part * (below[column][knot + 1] - low);
    }

    @Override
    public void contributions(double[] row, double[] shares) {
        for (int k = 0; k < knots.length; k++) {
            // What half of all rows are beyond is no contribution.
            shares[k] = Math.max(0, farOut(k, row[k]) - Math.log(2));
        }
        OutlierModel.normalise(shares);
    }

    @Override
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter().number(width()).number(rows);
        for (int k = 0; k < knots.length; k++) {
            out.numbers(knots[k]).numbers(below[k]).numbers(upTo[k]);
        }
        return out.seal(kind().id());
    }

    static EmpiricalTails read(ModelReader in) {
        int width = in.number(1, FeatureRows.MOST_WIDTH);
        int rows = in.number(1, Integer.MAX_VALUE);
        EmpiricalTails tails =
                new EmpiricalTails(rows, new double[width][], new int[width][], new int[width][]);
        for (int k = 0; k < width; k++) {
            double[] known = in.numbers();
            if (known.length == 0) {
                throw in.corrupt("feature " + k + " has no values");
            }
            tails.knots[k] = known;
            tails.below[k] = in.wholeNumbers(known.length);
            tails.upTo[k] = in.wholeNumbers(known.length);
        }
        return tails;
    }
}
