package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * From a model's own scores to how rare they are: the empirical tail of scores of rows that the
 * model did not learn, and beyond its outermost part a generalised Pareto law.
 *
 * <p>Sources: J. Pickands, "Statistical Inference Using Extreme Order Statistics", Annals of
 * Statistics 1975 (the law); J. Hosking, J. Wallis, "Parameter and Quantile Estimation for the
 * Generalized Pareto Distribution", Technometrics 1987 (its parameters, by probability-weighted
 * moments). We differ in taking a shape below 0 as 0: a law that ends would call everything beyond
 * its end impossible. Immutable.
 */
public final class TailCalibration {
    /** Rarest there is: one in 10¹². */
    public static final double MOST_RARITY = 12;

    /** The rarity that scores one half: one row in a hundred. */
    private static final double HALF = 2;

    private static final double MOST_SHAPE = 0.9;
    private static final int MOST_KNOTS = 512;
    private static final double TAIL_SHARE = 0.02;
    private static final int LEAST_TAIL = 10;
    private static final double LEAST_SCALE = 1e-9;

    /** Different scores, ascending. */
    private final double[] knots;

    /** How large a share of scores is at least each knot, descending, in (0,1]. */
    private final double[] shares;

    /** Scale, above 0, and shape, 0 or more, of the law beyond the last knot. */
    private final double scale;

    private final double shape;

    private TailCalibration(double[] knots, double[] shares, double scale, double shape) {
        this.knots = knots;
        this.shares = shares;
        this.scale = scale;
        this.shape = shape;
    }

    /**
     * Learns the scores of rows.
     *
     * @param scores 1 or more, finite; not modified
     */
    public static TailCalibration of(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int tail = Math.min(n - 1, Math.max(LEAST_TAIL, (int) (TAIL_SHARE * n)));
        int body = n - tail;
        int count = Math.min(body, MOST_KNOTS);
        double[] knots = new double[count];
        double[] shares = new double[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int at = count == 1 ? body - 1 : (int) ((long) i * (body - 1) / (count - 1));
            if (kept == 0 || sorted[at] > knots[kept - 1]) {
                knots[kept] = sorted[at];
                // As many as are at least as large, and the row itself.
                shares[kept++] = (n - first(sorted, at) + 1.0) / (n + 1.0);
            }
        }
        double[] excess = new double[tail];
        for (int i = 0; i < tail; i++) {
            excess[i] = sorted[body + i] - sorted[body - 1];
        }
        return pareto(Arrays.copyOf(knots, kept), Arrays.copyOf(shares, kept), excess);
    }

    private static int first(double[] sorted, int at) {
        int first = at;
        while (first > 0 && sorted[first - 1] == sorted[at]) {
            first--;
        }
        return first;
    }

    private static TailCalibration pareto(double[] knots, double[] shares, double[] excess) {
        double mean = 0;
        double weighted = 0;
        for (int i = 0; i < excess.length; i++) {
            mean += excess[i] / excess.length;
            weighted += excess[i] * (1 - (i + 0.65) / excess.length) / excess.length;
        }
        double apart = mean - 2 * weighted;
        double least = LEAST_SCALE * (1 + Math.abs(knots[knots.length - 1]));
        if (!(apart > 0)) {
            return new TailCalibration(knots, shares, Math.max(mean, least), 0);
        }
        double shape = Math.clamp(2 - mean / apart, 0, MOST_SHAPE);
        // The mean of the law is scale / (1 - shape).
        return new TailCalibration(knots, shares, Math.max(mean * (1 - shape), least), shape);
    }

    /**
     * Minus the decimal logarithm of the share of rows that score at least as much, 0 to {@value
     * #MOST_RARITY}.
     */
    public double rarity(double score) {
        int last = knots.length - 1;
        if (score > knots[last]) {
            double far = (score - knots[last]) / scale;
            double decades =
                    shape == 0
                            ? far / Math.log(10)
                            : Math.log1p(shape * far) / shape / Math.log(10);
            return Math.min(MOST_RARITY, -Math.log10(shares[last]) + decades);
        }
        int found = Arrays.binarySearch(knots, score);
        if (found >= 0) {
            return -Math.log10(shares[found]);
        }
        int above = -found - 1;
        if (above == 0) {
            return 0;
        }
        double part = (score - knots[above - 1]) / (knots[above] - knots[above - 1]);
        return -Math.log10(shares[above - 1] + part * (shares[above] - shares[above - 1]));
    }

    /**
     * A rarity as a score in [0,1): one row in a hundred scores 0.5, in a thousand 0.6, in ten
     * thousand 0.667.
     */
    public static double score(double rarity) {
        return rarity / (rarity + HALF);
    }

    /** Appends itself. */
    public void write(ModelWriter out) {
        out.numbers(knots).numbers(shares).number(scale).number(shape);
    }

    /** What {@link #write} wrote. */
    public static TailCalibration read(ModelReader in) {
        double[] knots = in.numbers();
        if (knots.length == 0) {
            throw in.corrupt("a calibration has no scores");
        }
        return new TailCalibration(knots, in.numbers(knots.length), in.number(), in.number());
    }
}
