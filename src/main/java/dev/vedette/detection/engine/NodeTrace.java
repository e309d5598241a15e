package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The numbers of one anomaly of a node while it is open. */
final class NodeTrace {
    /** Most metrics told of. */
    private static final int MOST_SHARES = 8;

    /** Metrics with less of it are not told of. */
    private static final double LEAST_SHARE = 0.05;

    private final long start;
    private long end;
    private long peakAt;
    private double peak;
    private double observed = -1;
    private double expected;
    private double upper;
    private double joint;
    private int rows;
    private double[] blame;

    /** Whether it goes on. */
    boolean open = true;

    NodeTrace(long start, int metrics) {
        this.start = start;
        this.blame = new double[metrics];
    }

    /**
     * Takes in one more anomalous row.
     *
     * @param blames how much of the row's unlikeness each metric has; added up over the anomaly
     */
    void extend(long epochMillis, double score, NodeDetector strongest, double[] blames) {
        end = epochMillis;
        rows++;
        blame = blame.length < blames.length ? Arrays.copyOf(blame, blames.length) : blame;
        for (int i = 0; i < blames.length; i++) {
            blame[i] += blames[i];
        }
        peak = Math.max(peak, score);
        if (strongest.unlikeness() - strongest.usualUnlikeness() <= observed - expected) {
            return;
        }
        peakAt = epochMillis;
        observed = strongest.unlikeness();
        expected = strongest.usualUnlikeness();
        upper = strongest.upperUnlikeness();
        joint = strongest.jointShare();
    }

    /** The anomaly so far, for the outside. */
    NodeAnomaly anomaly() {
        double distance = Math.max(0, observed - expected) / upper;
        AnomalyResult result =
                new AnomalyResult(
                        Instant.ofEpochMilli(start),
                        Instant.ofEpochMilli(end),
                        Instant.ofEpochMilli(peakAt),
                        open,
                        peak,
                        AnomalyKind.JOINT,
                        Math.min(distance / (1 + distance), Math.nextDown(1.0)),
                        peak,
                        observed,
                        expected,
                        0,
                        upper,
                        rows,
                        Map.of("joint", joint, "metrics", 1 - joint));
        return new NodeAnomaly(result, shares());
    }

    private List<NodeAnomaly.Share> shares() {
        double sum = Arrays.stream(blame).sum();
        List<NodeAnomaly.Share> shares = new ArrayList<>();
        for (int i = 0; i < blame.length; i++) {
            if (sum > 0 && blame[i] > 0) {
                shares.add(new NodeAnomaly.Share(i, blame[i] / sum));
            }
        }
        shares.sort(
                Comparator.comparingDouble(NodeAnomaly.Share::share)
                        .reversed()
                        .thenComparingInt(NodeAnomaly.Share::metric));
        // The first one in any case, however many metrics share it out.
        shares.subList(Math.min(MOST_SHARES, shares.size()), shares.size()).clear();
        NodeAnomaly.Share largest = shares.getFirst();
        shares.removeIf(one -> !one.equals(largest) && one.share() < LEAST_SHARE);
        return shares;
    }

    int bytes() {
        return 3 * Long.BYTES + 5 * Double.BYTES + 2 * Integer.BYTES + 1 + 8 * blame.length;
    }

    void write(ByteBuffer out) {
        out.putLong(start).putInt(blame.length).putLong(end).putLong(peakAt).putDouble(peak);
        out.putDouble(observed).putDouble(expected).putDouble(upper).putDouble(joint).putInt(rows);
        out.put((byte) (open ? 1 : 0));
        for (double one : blame) {
            out.putDouble(one);
        }
    }

    static NodeTrace read(ByteBuffer in) {
        NodeTrace trace = new NodeTrace(in.getLong(), in.getInt());
        trace.end = in.getLong();
        trace.peakAt = in.getLong();
        trace.peak = in.getDouble();
        trace.observed = in.getDouble();
        trace.expected = in.getDouble();
        trace.upper = in.getDouble();
        trace.joint = in.getDouble();
        trace.rows = in.getInt();
        trace.open = in.get() != 0;
        for (int i = 0; i < trace.blame.length; i++) {
            trace.blame[i] = in.getDouble();
        }
        return trace;
    }
}
