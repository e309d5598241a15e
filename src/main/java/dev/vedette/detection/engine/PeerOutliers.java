package dev.vedette.detection.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of several series of one metric is unlike the others over a stretch, whatever it was like
 * before. At each step a series lies so many robust deviations from the median of all (median
 * absolute deviation, scaled to the standard deviation of normal noise); what counts is the median
 * of that over the steps, so half of the stretch must be off, on one side.
 *
 * <p>Source: F. R. Hampel, "The Influence Curve and its Role in Robust Estimation", Journal of the
 * American Statistical Association 1974; the bound of {@value #BOUND} deviations is that of B.
 * Iglewicz and D. C. Hoaglin, "How to Detect and Handle Outliers", 1993. We differ in a least
 * spread of {@value #LEAST_SHARE} of the median, so that twins do not make an outlier of one who
 * differs by a digit. Cost: O(n log n) per step.
 *
 * <p>{@link #of} answers who asks; {@link #apart} is the stricter question that opens anomalies.
 */
public final class PeerOutliers {
    /** Fewer than these have no majority to be unlike. */
    public static final int LEAST_PEERS = 4;

    /** Robust deviations that score 0.6. */
    private static final double BOUND = 3.5;

    private static final double LEAST_SHARE = 0.01;

    /** From the median absolute deviation to the standard deviation of normal noise. */
    private static final double TO_DEVIATION = 1.4826;

    private static final double MOST = 1e3;

    /** Of {@link #apart}: so much more it takes among {@code n} series, in {@code n - 2}ths. */
    private static final double MORE_AMONG_FEW = 24;

    /** Of {@link #apart}: least distance as a share of the median. */
    private static final double LEAST_APART = 0.25;

    /** Of {@link #apart}: least share of the distance that is empty. */
    private static final double LEAST_GAP = 0.5;

    /** Of {@link #apart}: as many as a fifth may stand apart on one side; more are a kind. */
    private static final int A_FIFTH = 5;

    /** Who is far off without a gap: well known to be off, never apart. */
    private static final double NEARLY = 0.9;

    private PeerOutliers() {}

    /**
     * One series against the others.
     *
     * @param steps at how many steps it and enough others had values
     * @param usual its median value there; NaN without such steps
     * @param usualOfAll the median of the medians of all there; NaN without such steps
     * @param distance median number of robust deviations from the median of all, signed
     * @param score how unlike the others it is, in [0,1); an outlier from 0.6
     */
    public record Peer(int steps, double usual, double usualOfAll, double distance, double score) {
        static final Peer UNKNOWN = new Peer(0, Double.NaN, Double.NaN, 0, 0);

        /** Whether it is unlike the others. */
        public boolean isOutlier() {
            return score >= 0.6;
        }
    }

    /**
     * Compares series.
     *
     * @param values by series and step, all of one length; NaN where one has no value
     * @return in the order of the series
     */
    public static List<Peer> of(double[][] values) {
        int steps = values.length == 0 ? 0 : values[0].length;
        double[] middle = new double[steps];
        double[][] distance = new double[values.length][steps];
        for (int step = 0; step < steps; step++) {
            middle[step] = compare(values, step, distance);
        }
        List<Peer> peers = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            peers.add(peer(values[i], middle, distance[i]));
        }
        return peers;
    }

    /**
     * Values of one moment beside one another.
     *
     * @param shares signed, by value: 1 or more in size for those that stand apart, else how far
     *     they are on the way there; NaN for those missing, and for all when fewer than {@value
     *     #LEAST_PEERS} are there
     * @param usual the median of all
     * @param lower the lowest of those that do not stand apart
     * @param upper the highest of them
     */
    @SuppressWarnings("ArrayRecordComponent") // a column, compared nowhere
    public record Apart(double[] shares, double usual, double lower, double upper) {}

    /**
     * Which of several values of one moment stand apart from the others, for an alarm: there is
     * nobody to look at what is merely the last of a row. Beside the distance in robust deviations,
     * more of them among few as their spread is hardly known, it takes a quarter of the median and
     * a gap: at least half of the way to the median has to be empty, behind no more than a fifth of
     * the values.
     *
     * @param values NaN where one is missing
     */
    public static Apart apart(double[] values) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length < LEAST_PEERS) {
            double[] unknown = new double[values.length];
            Arrays.fill(unknown, Double.NaN);
            return new Apart(unknown, Double.NaN, Double.NaN, Double.NaN);
        }
        double middle = median(sorted);
        double[] off = Arrays.stream(sorted).map(one -> Math.abs(one - middle)).toArray();
        double spread = Math.max(TO_DEVIATION * median(off), LEAST_SHARE * Math.abs(middle));
        double bound = BOUND * (1 + MORE_AMONG_FEW / (sorted.length - 2));
        double lower = edge(sorted, middle, -1);
        double upper = edge(sorted, middle, 1);
        double[] shares =
                Arrays.stream(values)
                        .map(value -> {
                            double far = distance(value - middle, spread) / bound;
                            double share = distance(value - middle, LEAST_APART * Math.abs(middle));
                            double least = Math.min(Math.abs(far), Math.abs(share));
                            boolean isBehindGap = value <= lower || value >= upper;
                            return Math.copySign(
                                    isBehindGap ? least : Math.min(least, NEARLY), far);
                        })
                        .toArray();
        double[] others =
                IntStream.range(0, values.length)
                        .filter(i -> Math.abs(shares[i]) < 1)
                        .mapToDouble(i -> values[i])
                        .sorted()
                        .toArray();
        return new Apart(shares, middle, others[0], others[others.length - 1]);
    }

    /** The value from which on those of that side lie behind a gap; infinite without one. */
    private static double edge(double[] sorted, double middle, int side) {
        int size = sorted.length;
        double edge = side * Double.POSITIVE_INFINITY;
        for (int many = 1; many <= Math.max(1, size / A_FIFTH); many++) {
            double value = sorted[side > 0 ? size - many : many - 1];
            double next = sorted[side > 0 ? size - many - 1 : many];
            if (Math.abs(value - next) >= LEAST_GAP * Math.abs(value - middle)) {
                edge = value;
            }
        }
        return edge;
    }

    /** Fills the distances of one step, NaN where unknown; the median of all. */
    private static double compare(double[][] values, int step, double[][] distance) {
        double[] there =
                Arrays.stream(values)
                        .mapToDouble(one -> one[step])
                        .filter(Double::isFinite)
                        .toArray();
        double middle = there.length < LEAST_PEERS ? Double.NaN : median(there);
        double[] off = Arrays.stream(there).map(one -> Math.abs(one - middle)).toArray();
        double spread = Math.max(TO_DEVIATION * median(off), LEAST_SHARE * Math.abs(middle));
        for (int i = 0; i < values.length; i++) {
            distance[i][step] = distance(values[i][step] - middle, spread);
        }
        return middle;
    }

    private static double distance(double off, double spread) {
        if (!Double.isFinite(off)) {
            return Double.NaN;
        }
        return off == 0 ? 0 : Math.clamp(off / Math.max(spread, Double.MIN_NORMAL), -MOST, MOST);
    }

    private static Peer peer(double[] values, double[] middle, double[] distance) {
        int[] known =
                IntStream.range(0, distance.length)
                        .filter(step -> Double.isFinite(distance[step]))
                        .toArray();
        if (known.length == 0) {
            return Peer.UNKNOWN;
        }
        double off = median(at(distance, known));
        double size = Math.abs(off);
        return new Peer(
                known.length,
                median(at(values, known)),
                median(at(middle, known)),
                off,
                size / (size + BOUND * 2 / 3));
    }

    private static double[] at(double[] all, int[] steps) {
        return Arrays.stream(steps).mapToDouble(step -> all[step]).toArray();
    }

    /** Sorts; NaN for none. */
    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
