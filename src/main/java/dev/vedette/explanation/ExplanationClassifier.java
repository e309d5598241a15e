package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import java.util.Arrays;

/**
 * Names what a stretch of a series looks like, from an anomaly a detector found or from the points
 * of a window against their usual range. Rules, first match wins; distances are counted in half
 * widths of the band on the point's side, so 1 is its end:
 *
 * <ol>
 *   <li>half of the points or more are missing: missing;
 *   <li>at least {@value #FLAT_POINTS} points, all alike, where the band leaves room: flatline;
 *   <li>no point outside the band: normal;
 *   <li>at most a quarter outside: a spike or a dip, by the side of the farthest;
 *   <li>the expected course moves by more than the band is wide, and the points do not follow it
 *       (correlation, or share of its movement they make, below {@value #FOLLOWS}): seasonal;
 *   <li>a quarter or more of the points outside lie on the other side: variance;
 *   <li>the last third of the points outside lies twice as far out as the first: trend;
 *   <li>otherwise: level shift.
 * </ol>
 *
 * Cost O(n) for n points. Stateless and thread-safe.
 */
public final class ExplanationClassifier {
    private static final int FLAT_POINTS = 5;
    private static final double FOLLOWS = 0.3;
    private static final double QUARTER = 0.25;
    private static final double FARTHEST = 1000;

    /**
     * What the detector says it is: the kind it gave with its confidence. A jump whose value lies
     * inside its band keeps its kind, at half the confidence.
     */
    public Classification classify(AnomalyResult anomaly) {
        boolean isExcursion =
                anomaly.kind() == AnomalyKind.SPIKE || anomaly.kind() == AnomalyKind.DIP;
        boolean inside = Band.of(anomaly).place(anomaly.observed()).equals("inside");
        return new Classification(
                anomaly.kind(), anomaly.confidence() / (isExcursion && inside ? 2 : 1));
    }

    /**
     * What a window looks like against its usual range.
     *
     * @param observed the values, NaN where a point is missing; not modified
     * @param expected aligned: what was expected; NaN, as for the next two, where nothing was (such
     *     points are left out)
     * @param lower aligned: lower end of the usual range
     * @param upper aligned: upper end of the usual range
     * @return normal at confidence 0 when there is nothing to judge
     * @throws IllegalArgumentException when the lengths differ
     */
    public Classification classify(
            double[] observed, double[] expected, double[] lower, double[] upper) {
        if (expected.length != observed.length
                || lower.length != observed.length
                || upper.length != observed.length) {
            throw new IllegalArgumentException(
                    "values and bands must be aligned, are "
                            + observed.length
                            + ", "
                            + expected.length
                            + ", "
                            + lower.length
                            + " and "
                            + upper.length);
        }
        long missing = Arrays.stream(observed).filter(Double::isNaN).count();
        if (missing > 0 && 2 * missing >= observed.length) {
            return new Classification(AnomalyKind.MISSING, (double) missing / observed.length);
        }
        Judged judged = Judged.of(observed, expected, lower, upper);
        if (judged.observed.length == 0) {
            return new Classification(AnomalyKind.NORMAL, 0);
        }
        return judged.isFlat()
                ? new Classification(AnomalyKind.FLATLINE, 1 - 1.0 / judged.observed.length)
                : moving(judged);
    }

    private static Classification moving(Judged window) {
        double[] out = Arrays.stream(window.distance).filter(d -> Math.abs(d) > 1).toArray();
        double farthest = farthest(window.distance);
        double share = (double) out.length / window.distance.length;
        if (out.length == 0) {
            return new Classification(AnomalyKind.NORMAL, 1 - Math.abs(farthest));
        }
        if (share <= QUARTER) {
            double size = Math.abs(farthest);
            return new Classification(
                    farthest > 0 ? AnomalyKind.SPIKE : AnomalyKind.DIP, size / (1 + size));
        }
        if (window.expectedMovesBeyondTheBand() && window.following() < FOLLOWS) {
            return new Classification(
                    AnomalyKind.SEASONAL, 1 - Math.clamp(window.following(), 0, 1));
        }
        double above = (double) Arrays.stream(out).filter(d -> d > 0).count() / out.length;
        double otherSide = Math.min(above, 1 - above);
        if (otherSide >= QUARTER) {
            return new Classification(AnomalyKind.VARIANCE, 2 * otherSide);
        }
        return sustained(out, share);
    }

    private static Classification sustained(double[] out, double share) {
        int third = Math.max(1, out.length / 3);
        double first = Math.abs(mean(Arrays.copyOf(out, third)));
        double last = Math.abs(mean(Arrays.copyOfRange(out, out.length - third, out.length)));
        return last >= 2 * first
                ? new Classification(AnomalyKind.TREND, 1 - first / last)
                : new Classification(AnomalyKind.LEVEL_SHIFT, share);
    }

    private static double farthest(double[] distance) {
        double farthest = 0;
        for (double d : distance) {
            farthest = Math.abs(d) > Math.abs(farthest) ? d : farthest;
        }
        return farthest;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** The points of a window that have a value and a band. */
    private static final class Judged {
        private final double[] observed;
        private final double[] expected;
        private final double[] distance;
        private final double width;

        private Judged(double[] observed, double[] expected, double[] distance, double width) {
            this.observed = observed;
            this.expected = expected;
            this.distance = distance;
            this.width = width;
        }

        static Judged of(double[] observed, double[] expected, double[] lower, double[] upper) {
            double[] kept = new double[observed.length];
            double[] middle = new double[observed.length];
            double[] distance = new double[observed.length];
            double width = 0;
            int count = 0;
            for (int i = 0; i < observed.length; i++) {
                Band band = new Band(lower[i], expected[i], upper[i]);
                if (band.isKnown() && Double.isFinite(observed[i])) {
                    kept[count] = observed[i];
                    middle[count] = expected[i];
                    double halfWidths = Math.min(band.halfWidths(observed[i]), FARTHEST);
                    distance[count] = Math.copySign(halfWidths, observed[i] - expected[i]);
                    width += upper[i] - lower[i];
                    count++;
                }
            }
            return new Judged(
                    Arrays.copyOf(kept, count),
                    Arrays.copyOf(middle, count),
                    Arrays.copyOf(distance, count),
                    count == 0 ? 0 : width / count);
        }

        boolean isFlat() {
            return observed.length >= FLAT_POINTS
                    && width > 0
                    && Arrays.stream(observed).allMatch(v -> v == observed[0]);
        }

        boolean expectedMovesBeyondTheBand() {
            return Arrays.stream(expected).max().orElse(0) - Arrays.stream(expected).min().orElse(0)
                    > width;
        }

        /**
         * How far the values follow what was expected: Pearson's correlation or the slope of their
         * regression on it, the lesser one, as noise may correlate by chance, and a course may be
         * followed by a tenth of its height. 0 when one is constant.
         */
        double following() {
            double meanObserved = mean(observed);
            double meanExpected = mean(expected);
            double both = 0;
            double ofObserved = 0;
            double ofExpected = 0;
            for (int i = 0; i < observed.length; i++) {
                double o = observed[i] - meanObserved;
                double e = expected[i] - meanExpected;
                both += o * e;
                ofObserved += o * o;
                ofExpected += e * e;
            }
            double norm = Math.sqrt(ofObserved * ofExpected);
            return norm == 0 ? 0 : Math.min(both / norm, both / ofExpected);
        }
    }
}
