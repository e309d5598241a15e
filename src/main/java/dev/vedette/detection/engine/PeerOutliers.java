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
