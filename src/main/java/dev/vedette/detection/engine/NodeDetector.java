package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * The joint view of a node's metrics: how far a row of values lies from what the metrics usually do
 * together, by second moments that forget slowly.
 *
 * <p>Distance: {@code sqrt(z' (R + λI)^-1 z / m)} with z the standardised, clipped deviations and R
 * their exponentially weighted second moments. What counts is by how much the distance, and the
 * mean strangeness of the single metrics beside it, exceed what is usual on this node: the joint
 * view sees broken ties, the single ones see broken seasons, and a node that is always lively is
 * not strange for it. The sum is smoothed at two paces, a few rows to see the start and some fifty
 * to stay up through an incident; the score is their mean over itself plus a constant.
 *
 * <p>Source: P. C. Mahalanobis, "On the Generalised Distance in Statistics" (1936). We differ in
 * the ridge λ, which lets constant metrics and twins stand, in the clipping, which keeps an
 * incident from teaching itself, and in the excess over the usual; forgetting too fast was the
 * largest error on real servers.
 *
 * <p>Cost: O(m²) per row for m metrics, m² + 4m numbers of state; an update allocates nothing.
 * Missing values (NaN) count as usual ones and teach nothing. Not thread-safe.
 */
public final class NodeDetector {
    /** Most metrics of one node. */
    public static final int MAX_METRICS = 64;

    private static final String OWNER = "node";
    private static final int VERSION = 2;

    /** A row farther than this teaches as much as one that far, so an incident stays one. */
    private static final double FAR = 6;

    private static final int WARM_ROWS = MetricMoments.WARM_VALUES;

    /** Strangeness sums the evidence of about three channels, the distance is one. */
    private static final double STRANGENESS_SHARE = 1 / 3.0;

    static final double FAST = 0.25;
    private static final double SLOW = 0.02;

    /** Two thirds of the excess at which the score is 0.6: about one false alarm a week. */
    private static final double HALF = 1.06;

    private int metrics;
    private MetricMoments single;
    private JointMoments joint;
    private long rows;
    private double usualDistance;
    private double usualStrangeness;
    private double fast;
    private double slow;

    // Of the last row, no state.
    private double excess;
    private double ofMetrics;
    private double distance;
    private double strangeness;
    private double usual;

    /**
     * A detector that has seen nothing.
     *
     * @param metrics how many metrics a row has, 1 to {@value #MAX_METRICS}
     * @throws IllegalArgumentException when there are fewer or more
     */
    public NodeDetector(int metrics) {
        this(metrics, new NodeScratch().group(0));
    }

    /** The same, with scratch that others use too. */
    NodeDetector(int metrics, NodeScratch.Group scratch) {
        if (metrics < 1 || metrics > MAX_METRICS) {
            throw new IllegalArgumentException(
                    "a node must have 1 to " + MAX_METRICS + " metrics, has " + metrics);
        }
        this.metrics = metrics;
        single = new MetricMoments(metrics, scratch);
        joint = new JointMoments(metrics, scratch);
    }

    /** How many metrics a row has. */
    public int metrics() {
        return metrics;
    }

    /**
     * Makes room for further metrics, behind those there are; what is known stays known.
     *
     * @param wanted how many metrics a row has from now on, not fewer than now
     * @throws IllegalArgumentException when there are fewer, or more than {@value #MAX_METRICS}
     */
    public void grow(int wanted) {
        if (wanted < metrics || wanted > MAX_METRICS) {
            throw new IllegalArgumentException(
                    "a node of %d metrics can grow to %d, not to %d"
                            .formatted(metrics, MAX_METRICS, wanted));
        }
        if (wanted == metrics) {
            return;
        }
        metrics = wanted;
        single = single.grown(wanted);
        joint = joint.grown(wanted);
    }

    /**
     * Judges the next row and learns from it.
     *
     * @param values one value per metric, always in the same order; NaN where one is missing;
     *     further values are not looked at
     * @param strangeness mean {@link Verdict#strangeness} of the row's metrics, 0 where unknown
     * @return how abnormal the node is now, in [0,1]
     */
    public double update(double[] values, double strangeness) {
        single.standardise(values);
        this.strangeness = strangeness;
        usual = usualDistance + STRANGENESS_SHARE * usualStrangeness;
        ofMetrics = STRANGENESS_SHARE * Math.max(0, strangeness - usualStrangeness);
        excess = ofMetrics;
        usualStrangeness +=
                MetricMoments.rate((double) rows) * clipped(strangeness, usualStrangeness);
        distance = 0;
        if (rows >= WARM_ROWS) {
            distance = joint.distance(single.judged(), rows);
            excess += Math.max(0, distance - usualDistance);
            usualDistance +=
                    MetricMoments.rate((double) rows - WARM_ROWS)
                            * clipped(distance, usualDistance);
        }
        double shrink = distance > FAR ? FAR / distance : 1;
        single.learn(values, shrink);
        joint.learn(single.z(), single.rates(), shrink);
        rows++;
        fast += FAST * (excess - fast);
        slow += SLOW * (excess - slow);
        return score((fast + slow) / 2);
    }

    private static double score(double state) {
        return state / (state + HALF);
    }

    /**
     * How abnormal the node is by its last few rows alone, in [0,1]: what begins and what is over
     * shows here first.
     */
    public double onset() {
        return score(fast);
    }

    /** The excess over the usual by its last few rows, 0 or more. */
    double recentExcess() {
        return fast;
    }

    /** How unlike its usual the last row was: joint distance and strangeness of its metrics. */
    public double unlikeness() {
        return distance + STRANGENESS_SHARE * strangeness;
    }

    /** The unlikeness that was usual before the last row. */
    public double usualUnlikeness() {
        return usual;
    }

    /** The unlikeness that, kept up, scores 0.6. */
    public double upperUnlikeness() {
        return usual + 1.5 * HALF;
    }

    /** The part of the last row's excess over the usual that the joint distance has, in [0,1]. */
    public double jointShare() {
        return excess > 0 ? 1 - ofMetrics / excess : 1;
    }

    /** The step towards a new value, bounded so that an incident does not become the usual. */
    private static double clipped(double value, double usual) {
        return Math.min(value - usual, MetricMoments.CLIP);
    }

    /**
     * How much each metric had to do with the last row's distance.
     *
     * @param shares filled with shares of 0 or more that sum to 1, or all 0 when nothing is off or
     *     too few rows were seen
     */
    public void contributions(double[] shares) {
        double sum = 0;
        double[] judged = single.judged();
        if (rows > WARM_ROWS) {
            joint.solveBack(shares);
        }
        for (int i = 0; i < metrics; i++) {
            shares[i] = rows > WARM_ROWS ? Math.max(0, shares[i] * judged[i]) : 0;
            sum += shares[i];
        }
        for (int i = 0; i < metrics; i++) {
            shares[i] = sum > 0 ? shares[i] / sum : 0;
        }
    }

    /** The whole state, to be handed to {@link #restore}; going on is bit-identical. */
    public byte[] snapshot() {
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + stateBytes());
        out.putInt(metrics).putLong(rows).putDouble(usualDistance).putDouble(usualStrangeness);
        out.putDouble(fast).putDouble(slow);
        single.write(out);
        joint.write(out);
        return SnapshotEnvelope.seal(OWNER, VERSION, out.array());
    }

    /**
     * A detector with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this version
     */
    public static NodeDetector restore(byte[] snapshot) {
        return restore(snapshot, new NodeScratch().group(0));
    }

    /** The same, with scratch that others use too. */
    static NodeDetector restore(byte[] snapshot, NodeScratch.Group scratch) {
        ByteBuffer in = SnapshotEnvelope.open(OWNER, VERSION, snapshot);
        NodeDetector node = new NodeDetector(in.getInt(), scratch);
        SnapshotEnvelope.requireLength(OWNER, in, node.stateBytes());
        node.rows = in.getLong();
        node.usualDistance = in.getDouble();
        node.usualStrangeness = in.getDouble();
        node.fast = in.getDouble();
        node.slow = in.getDouble();
        node.single.read(in);
        node.joint.read(in);
        return node;
    }

    private int stateBytes() {
        return Double.BYTES * (5 + MetricMoments.KEPT * metrics + joint.stateSize());
    }
}
