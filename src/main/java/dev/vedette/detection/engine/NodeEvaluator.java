package dev.vedette.detection.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Detection on a node as a whole: a {@link NodeDetector} for each {@value NodeDetector#MAX_METRICS}
 * of its metrics, the highest score counts, and the life cycle of an anomaly with hysteresis. The
 * one code path of live detection, {@code vedette score} and {@code evaluate}.
 *
 * <p>An anomaly opens when the score reaches the threshold and the last rows alone do, too, or when
 * the alarm does: what speaks against the last rows, less 0.6 of the strongest of the last three
 * days, as in the ensemble. It goes on while these keep {@value StreamingEvaluator#KEEP_SHARE} of
 * it, and closes after {@value #QUIET_ROWS} quiet rows. It does not open while metrics that have,
 * or just had, an open anomaly of their own make up half of what is unlike or more: then those tell
 * it already. Deterministic; not thread-safe.
 */
public final class NodeEvaluator {
    /** Most metrics of a node that are judged together; further ones are judged alone only. */
    public static final int MAX_METRICS = NodeGroups.MOST * NodeDetector.MAX_METRICS;

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

    private static final double DAMPING = 0.6;
    private static final double DAMPING_MILLIS = 3 * 24 * 3_600_000.0;

    /** Two thirds of the damped excess at which the alarm is 0.6. */
    private static final double ALARM_HALF = 0.7;

    private double threshold;
    private final NodeGroups groups;
    private long first = Long.MAX_VALUE;
    private long rows;
    private boolean warmTime;
    private double score;
    private double alarm;
    private double strongestExcess;
    private long last;

    /** The part of the recent excess that metrics with an anomaly of their own have. */
    private double explained;

    private int quiet;
    private @Nullable NodeTrace trace;

    /**
     * An evaluator that has seen nothing.
     *
     * @param threshold score from which an anomaly opens, in (0,1]
     */
    public NodeEvaluator(double threshold) {
        this(threshold, new NodeScratch());
    }

    /**
     * The same.
     *
     * @param scratch used at each row: evaluators that never judge at once may share it
     */
    public NodeEvaluator(double threshold, NodeScratch scratch) {
        this(threshold, new NodeGroups(scratch));
    }

    private NodeEvaluator(double threshold, NodeGroups groups) {
        this.threshold = threshold;
        this.groups = groups;
    }

    /**
     * Goes by another threshold from the next row on; what it learnt stays.
     *
     * @param next in (0,1]
     */
    public void goBy(double next) {
        threshold = next;
    }

    /** How abnormal the node was at the last row, in [0,1]. */
    public double score() {
        return score;
    }

    /** The same; while an anomaly is open the stronger of the score and the alarm. */
    public double strength() {
        return trace != null && trace.open ? Math.max(score, alarm) : score;
    }

    /** Whether the node was seen for long enough for its score to count. */
    public boolean isWarm() {
        return rows > WARM_ROWS && warmTime && groups.metrics() > 1;
    }

    /**
     * Judges the next row.
     *
     * @param row later than the one before; metrics beyond {@value #MAX_METRICS} are not looked at
     * @return what it changed; {@link #anomaly()} then tells of which anomaly
     */
    public SeriesEvaluator.Change update(NodeRow row) {
        if (trace != null && !trace.open) {
            trace = null;
        }
        first = Math.min(first, row.epochMillis);
        warmTime = row.epochMillis - first >= WARM_MILLIS;
        rows++;
        NodeDetector strongest = groups.judge(row);
        score = groups.score();
        alarm(row.epochMillis, strongest);
        explain(row);
        return strongest == null ? SeriesEvaluator.Change.NONE : follow(row, strongest);
    }

    private void alarm(long epochMillis, @Nullable NodeDetector strongest) {
        double recent = strongest == null ? 0 : strongest.recentExcess();
        double excess = Math.max(0, recent - DAMPING * strongestExcess);
        alarm = excess / (excess + ALARM_HALF);
        double passed = rows == 1 ? 0 : (double) epochMillis - last;
        strongestExcess = Math.max(strongestExcess * Math.exp(-passed / DAMPING_MILLIS), recent);
        last = epochMillis;
    }

    private SeriesEvaluator.Change follow(NodeRow row, NodeDetector strongest) {
        NodeTrace running = trace;
        if (running == null) {
            return opens(strongest) ? open(row, strongest) : SeriesEvaluator.Change.NONE;
        }
        if (strongest.onset() >= StreamingEvaluator.KEEP_SHARE * threshold) {
            quiet = 0;
            running.extend(row.epochMillis, strength(), strongest, groups.blame(row));
            return SeriesEvaluator.Change.EXTENDED;
        }
        quiet++;
        if (quiet < QUIET_ROWS) {
            return SeriesEvaluator.Change.NONE;
        }
        running.open = false;
        return SeriesEvaluator.Change.CLOSED;
    }

    private boolean opens(NodeDetector strongest) {
        boolean lasting = score >= threshold && strongest.onset() >= threshold;
        if (!isWarm() || !(lasting || alarm >= threshold)) {
            return false;
        }
        return groups.excess() > 0 && explained < EXPLAINED * groups.recentExcess();
    }

    /** Follows the excess that alarmed metrics have, at the pace of the recent excess. */
    private void explain(NodeRow row) {
        double ofAlarmed = 0;
        if (row.isAnyAlarmed()) {
            double[] blames = groups.blame(row);
            for (int i = 0; i < blames.length; i++) {
                ofAlarmed += row.isAlarmed(i) ? blames[i] : 0;
            }
        }
        explained += NodeDetector.FAST * (ofAlarmed - explained);
    }

    private SeriesEvaluator.Change open(NodeRow row, NodeDetector strongest) {
        NodeTrace opened = new NodeTrace(row.epochMillis, groups.metrics());
        trace = opened;
        opened.extend(row.epochMillis, strength(), strongest, groups.blame(row));
        quiet = 0;
        return SeriesEvaluator.Change.OPENED;
    }

    /** The open anomaly, or the one that the last row closed; empty otherwise. */
    public Optional<NodeAnomaly> anomaly() {
        return Optional.ofNullable(trace).map(NodeTrace::anomaly);
    }

    /** The whole state, to be handed to {@link #restore}; going on is bit-identical. */
    public byte[] snapshot() {
        byte[] inner = groups.snapshot();
        NodeTrace running = trace;
        int traceBytes = running == null ? 0 : running.bytes();
        ByteBuffer out = ByteBuffer.allocate(8 * 7 + 4 + 1 + 1 + traceBytes + inner.length);
        out.putLong(first).putLong(rows).putDouble(score).putDouble(explained);
        out.putDouble(alarm).putDouble(strongestExcess).putLong(last).putInt(quiet);
        out.put((byte) (warmTime ? 1 : 0)).put((byte) (running == null ? 0 : 1));
        if (running != null) {
            running.write(out);
        }
        return SnapshotEnvelope.seal(OWNER, VERSION, out.put(inner).array());
    }

    /**
     * An evaluator with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this version
     */
    public static NodeEvaluator restore(double threshold, NodeScratch scratch, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(OWNER, VERSION, snapshot);
        try {
            return read(threshold, scratch, in);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new CorruptSnapshotException("snapshot of " + OWNER + " is too short");
        }
    }

    private static NodeEvaluator read(double threshold, NodeScratch scratch, ByteBuffer in) {
        long first = in.getLong();
        long rows = in.getLong();
        double score = in.getDouble();
        double explained = in.getDouble();
        double alarm = in.getDouble();
        double strongestExcess = in.getDouble();
        long last = in.getLong();
        int quiet = in.getInt();
        boolean warmTime = in.get() != 0;
        NodeTrace trace = in.get() == 0 ? null : NodeTrace.read(in);
        NodeEvaluator node = new NodeEvaluator(threshold, NodeGroups.read(in, scratch));
        node.first = first;
        node.rows = rows;
        node.score = score;
        node.explained = explained;
        node.alarm = alarm;
        node.strongestExcess = strongestExcess;
        node.last = last;
        node.quiet = quiet;
        node.warmTime = warmTime;
        node.trace = trace;
        return node;
    }
}
