package dev.vedette.detection.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Detection on a node as a whole: a {@link NodeDetector} for each {@value NodeDetector#MAX_METRICS}
 * of its metrics, the highest score counts, and the life cycle of an anomaly with hysteresis. The
 * one code path of live detection, {@code vedette score} and {@code evaluate}.
 *
 * <p>An anomaly opens when the score reaches the threshold and the last rows alone do, too; it goes
 * on while these keep {@value StreamingEvaluator#KEEP_SHARE} of it, and closes after {@value
 * #QUIET_ROWS} quiet rows. It does not open while metrics that have, or just had, an open anomaly
 * of their own make up half of what is unlike or more: then those tell it already. Deterministic;
 * not thread-safe.
 */
public final class NodeEvaluator {
    /** Most metrics of a node that are judged together; further ones are judged alone only. */
    public static final int MAX_METRICS = 8 * NodeDetector.MAX_METRICS;

    /** Version of the state and of what is found. */
    public static final int VERSION = 1;

    /** Quiet rows in a row that end an anomaly. */
    static final int QUIET_ROWS = 12;

    /** A node is warm after so many rows and so long: it must have seen a day. */
    static final int WARM_ROWS = 200;

    static final long WARM_MILLIS = 24 * 3_600_000L;

    private static final String OWNER = "evaluator of a node";

    /** Share of the unlikeness that metrics with an anomaly of their own may explain. */
    private static final double EXPLAINED = 0.5;

    private final double threshold;
    private final List<NodeDetector> groups = new ArrayList<>();
    private int metrics;
    private long first = Long.MAX_VALUE;
    private long rows;
    private boolean warmTime;
    private double score;

    /** The part of the recent excess that metrics with an anomaly of their own have. */
    private double explained;

    private int quiet;
    private @Nullable NodeTrace trace;

    // Scratch of one row, no state.
    private final double[] values = new double[NodeDetector.MAX_METRICS];
    private final double[] shares = new double[NodeDetector.MAX_METRICS];
    private double[] blames = {};

    /**
     * An evaluator that has seen nothing.
     *
     * @param threshold score from which an anomaly opens, in (0,1]
     */
    public NodeEvaluator(double threshold) {
        this.threshold = threshold;
    }

    /** How abnormal the node was at the last row, in [0,1]. */
    public double score() {
        return score;
    }

    /** Whether the node was seen for long enough for its score to count. */
    public boolean isWarm() {
        return rows > WARM_ROWS && warmTime && metrics > 1;
    }

    /**
     * Judges the next row.
     *
     * @param row later than the one before; metrics beyond {@value #MAX_METRICS} are not looked at
     * @return what it changed; {@link #anomaly()} then tells of which anomaly
     */
    public SeriesEvaluator.Change update(NodeRow row) {
        grow(Math.min(row.metrics(), MAX_METRICS));
        if (trace != null && !trace.open) {
            trace = null;
        }
        first = Math.min(first, row.epochMillis);
        warmTime = row.epochMillis - first >= WARM_MILLIS;
        rows++;
        NodeDetector strongest = judge(row);
        explain(row);
        return strongest == null ? SeriesEvaluator.Change.NONE : follow(row, strongest);
    }

    private void grow(int wanted) {
        if (wanted <= metrics) {
            return;
        }
        metrics = wanted;
        for (int from = 0; from < wanted; from += NodeDetector.MAX_METRICS) {
            int size = Math.min(NodeDetector.MAX_METRICS, wanted - from);
            int group = from / NodeDetector.MAX_METRICS;
            if (group == groups.size()) {
                groups.add(new NodeDetector(size));
            } else {
                groups.get(group).grow(size);
            }
        }
        blames = new double[wanted];
    }

    private @Nullable NodeDetector judge(NodeRow row) {
        NodeDetector strongest = null;
        score = 0;
        for (int g = 0; g < groups.size(); g++) {
            NodeDetector group = groups.get(g);
            double own = group.update(values, strangeness(row, g));
            if (strongest == null || own > score) {
                strongest = group;
                score = own;
            }
        }
        return strongest;
    }

    /** Copies the values of a group; mean strangeness of the metrics that have one. */
    private double strangeness(NodeRow row, int group) {
        int from = group * NodeDetector.MAX_METRICS;
        int size = groups.get(group).metrics();
        double sum = 0;
        int present = 0;
        for (int i = 0; i < size; i++) {
            values[i] = row.value(from + i);
            sum += row.strangeness(from + i);
            present += row.has(from + i) ? 1 : 0;
        }
        return present == 0 ? 0 : sum / present;
    }

    private SeriesEvaluator.Change follow(NodeRow row, NodeDetector strongest) {
        NodeTrace running = trace;
        if (running == null) {
            return opens(row, strongest) ? open(row, strongest) : SeriesEvaluator.Change.NONE;
        }
        if (strongest.onset() >= StreamingEvaluator.KEEP_SHARE * threshold) {
            quiet = 0;
            blame(row);
            running.extend(row.epochMillis, score, strongest, blames);
            return SeriesEvaluator.Change.EXTENDED;
        }
        quiet++;
        if (quiet < QUIET_ROWS) {
            return SeriesEvaluator.Change.NONE;
        }
        running.open = false;
        return SeriesEvaluator.Change.CLOSED;
    }

    private boolean opens(NodeRow row, NodeDetector strongest) {
        if (!isWarm() || score < threshold || strongest.onset() < threshold) {
            return false;
        }
        double now = 0;
        double recent = 0;
        for (NodeDetector group : groups) {
            now += Math.max(0, group.unlikeness() - group.usualUnlikeness());
            recent += group.recentExcess();
        }
        return now > 0 && explained < EXPLAINED * recent;
    }

    /** Follows the excess that alarmed metrics have, at the pace of the recent excess. */
    private void explain(NodeRow row) {
        double ofAlarmed = 0;
        if (row.isAnyAlarmed()) {
            blame(row);
            for (int i = 0; i < metrics; i++) {
                ofAlarmed += row.isAlarmed(i) ? blames[i] : 0;
            }
        }
        explained += NodeDetector.FAST * (ofAlarmed - explained);
    }

    private SeriesEvaluator.Change open(NodeRow row, NodeDetector strongest) {
        blame(row);
        NodeTrace opened = new NodeTrace(row.epochMillis, metrics);
        opened.extend(row.epochMillis, score, strongest, blames);
        trace = opened;
        quiet = 0;
        return SeriesEvaluator.Change.OPENED;
    }

    /**
     * Shares the row out among its metrics: the joint part by their part in the distance, the rest
     * by how strange each is.
     */
    private void blame(NodeRow row) {
        for (int g = 0; g < groups.size(); g++) {
            NodeDetector group = groups.get(g);
            int from = g * NodeDetector.MAX_METRICS;
            double sum = 0;
            for (int i = 0; i < group.metrics(); i++) {
                sum += row.strangeness(from + i);
            }
            double excess = Math.max(0, group.unlikeness() - group.usualUnlikeness());
            double joint = group.jointShare();
            group.contributions(shares);
            for (int i = 0; i < group.metrics(); i++) {
                double alone = sum > 0 ? row.strangeness(from + i) / sum : 0;
                blames[from + i] = excess * (joint * shares[i] + (1 - joint) * alone);
            }
        }
    }

    /** The open anomaly, or the one that the last row closed; empty otherwise. */
    public Optional<NodeAnomaly> anomaly() {
        return Optional.ofNullable(trace).map(NodeTrace::anomaly);
    }

    /** The whole state, to be handed to {@link #restore}; going on is bit-identical. */
    public byte[] snapshot() {
        List<byte[]> inner = groups.stream().map(NodeDetector::snapshot).toList();
        int bytes = inner.stream().mapToInt(one -> Integer.BYTES + one.length).sum();
        NodeTrace running = trace;
        int traceBytes = running == null ? 0 : running.bytes();
        ByteBuffer out = ByteBuffer.allocate(4 + 8 + 8 + 8 + 8 + 4 + 1 + 1 + traceBytes + bytes);
        out.putInt(metrics).putLong(first).putLong(rows).putDouble(score).putDouble(explained);
        out.putInt(quiet);
        out.put((byte) (warmTime ? 1 : 0)).put((byte) (running == null ? 0 : 1));
        if (running != null) {
            running.write(out);
        }
        inner.forEach(one -> out.putInt(one.length).put(one));
        return SnapshotEnvelope.seal(OWNER, VERSION, out.array());
    }

    /**
     * An evaluator with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this version
     */
    public static NodeEvaluator restore(double threshold, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(OWNER, VERSION, snapshot);
        try {
            return read(threshold, in);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new CorruptSnapshotException("snapshot of " + OWNER + " is too short");
        }
    }

    private static NodeEvaluator read(double threshold, ByteBuffer in) {
        NodeEvaluator node = new NodeEvaluator(threshold);
        node.metrics = in.getInt();
        node.first = in.getLong();
        node.rows = in.getLong();
        node.score = in.getDouble();
        node.explained = in.getDouble();
        node.quiet = in.getInt();
        node.warmTime = in.get() != 0;
        node.trace = in.get() == 0 ? null : NodeTrace.read(in);
        node.blames = new double[node.metrics];
        while (in.hasRemaining()) {
            byte[] inner = new byte[in.getInt()];
            in.get(inner);
            node.groups.add(NodeDetector.restore(inner));
        }
        return node;
    }
}
