package dev.vedette.detection;

import dev.vedette.detection.engine.NodeRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the points of a node's metrics to rows, one per usual step of the node.
 *
 * <p>A point belongs to a row that began at most half a step before it and has no value of its
 * metric yet. The oldest row is complete when every metric that usually comes is in it, or when
 * time has gone on by {@value #WAIT_STEPS} steps without it; a point that comes later is too late
 * for the row (its metric has judged it all the same). So a row does not depend on the places where
 * the log was cut, as long as the metrics of a node are sent together or no more than that apart.
 * Not thread-safe.
 */
final class RowJoiner {
    /** Steps that an incomplete row is waited for. */
    static final int WAIT_STEPS = 4;

    /** Rows open at most; beyond, the oldest goes as it is. */
    private static final int MOST_OPEN = 8;

    /** A metric that comes in a smaller share of the last rows is not waited for. */
    private static final double USUALLY = 0.5;

    private static final double PACE = 0.1;

    private final List<NodeRow> open = new ArrayList<>();
    private double stepMillis;
    private long lastRow = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
    private double[] presence = {};
    private long[] latest = {};

    /** The usual distance of two rows in milliseconds; 0 before the second row. */
    double stepMillis() {
        return stepMillis;
    }

    /** Another metric joined, the next in order: rows wait for it from now on. */
    void join() {
        presence = Arrays.copyOf(presence, presence.length + 1);
        presence[presence.length - 1] = 1;
        latest = Arrays.copyOf(latest, presence.length);
        latest[latest.length - 1] = Long.MIN_VALUE;
    }

    /**
     * Takes a point in; points come in the order of time, except for stragglers.
     *
     * @return whether it was in time for a row
     */
    boolean add(int metric, long epochMillis, double value, double strangeness, boolean alarmed) {
        NodeRow row = rowFor(metric, epochMillis);
        if (row == null) {
            return false;
        }
        newest = Math.max(newest, epochMillis);
        latest[metric] = Math.max(latest[metric], epochMillis);
        row.put(metric, value, strangeness, alarmed);
        return true;
    }

    private @Nullable NodeRow rowFor(int metric, long epochMillis) {
        int at = open.size();
        while (at > 0 && open.get(at - 1).epochMillis() > epochMillis) {
            at--;
        }
        for (int i = at - 1; i >= 0; i--) {
            NodeRow row = open.get(i);
            if (epochMillis - row.epochMillis() > stepMillis / 2) {
                break;
            }
            if (!row.has(metric)) {
                return row;
            }
        }
        if (at == 0 && isTooLate(metric, epochMillis)) {
            return null;
        }
        // Not kept for the next time: thousands of nodes wait for theirs.
        NodeRow row = new NodeRow();
        row.clear(epochMillis);
        open.add(at, row);
        return row;
    }

    // Closed rows stay closed. What comes soon after one is a straggler of it, unless the metric
    // was in it: then the metric comes more often than it did.
    private boolean isTooLate(int metric, long epochMillis) {
        if (lastRow == Long.MIN_VALUE || epochMillis - lastRow > stepMillis / 2) {
            return false;
        }
        return epochMillis <= lastRow || latest[metric] < lastRow;
    }

    /**
     * The oldest row, if it is complete; the caller gives it back with {@link #done} before it asks
     * again.
     */
    @Nullable NodeRow next() {
        if (open.isEmpty()) {
            return null;
        }
        NodeRow oldest = open.getFirst();
        boolean overdue = newest - oldest.epochMillis() > WAIT_STEPS * stepMillis;
        boolean late = overdue && (stepMillis > 0 || newest > oldest.epochMillis());
        return late || open.size() > MOST_OPEN || isComplete(oldest) ? oldest : null;
    }

    private boolean isComplete(NodeRow row) {
        for (int i = 0; i < presence.length; i++) {
            if (presence[i] > USUALLY && !row.has(i)) {
                return false;
            }
        }
        return true;
    }

    /** The row is judged. */
    void done(NodeRow row) {
        open.removeFirst();
        if (lastRow != Long.MIN_VALUE) {
            double step = (double) row.epochMillis() - lastRow;
            stepMillis =
                    stepMillis == 0
                            ? step
                            : stepMillis
                                    + PACE
                                            * (Math.clamp(step, stepMillis / 2, stepMillis * 2)
                                                    - stepMillis);
        }
        lastRow = row.epochMillis();
        for (int i = 0; i < presence.length; i++) {
            presence[i] += PACE * ((row.has(i) ? 1 : 0) - presence[i]);
        }
    }

    /** Size of what {@link #write} writes. */
    int bytes() {
        int rows = 0;
        for (NodeRow row : open) {
            rows += Long.BYTES + Integer.BYTES + row.present() * (Integer.BYTES + 2 * 8 + 1);
        }
        return 3 * Long.BYTES + 2 * Integer.BYTES + 16 * presence.length + rows;
    }

    /** Writes the whole state. */
    void write(ByteBuffer out) {
        out.putDouble(stepMillis).putLong(lastRow).putLong(newest).putInt(presence.length);
        for (int i = 0; i < presence.length; i++) {
            out.putDouble(presence[i]).putLong(latest[i]);
        }
        out.putInt(open.size());
        for (NodeRow row : open) {
            out.putLong(row.epochMillis()).putInt(row.present());
            for (int i = 0; i < row.metrics(); i++) {
                if (row.has(i)) {
                    out.putInt(i).putDouble(row.value(i)).putDouble(row.strangeness(i));
                    out.put((byte) (row.isAlarmed(i) ? 1 : 0));
                }
            }
        }
    }

    /** A joiner with the state that {@link #write} wrote. */
    static RowJoiner read(ByteBuffer in) {
        RowJoiner joiner = new RowJoiner();
        joiner.stepMillis = in.getDouble();
        joiner.lastRow = in.getLong();
        joiner.newest = in.getLong();
        joiner.presence = new double[in.getInt()];
        joiner.latest = new long[joiner.presence.length];
        for (int i = 0; i < joiner.presence.length; i++) {
            joiner.presence[i] = in.getDouble();
            joiner.latest[i] = in.getLong();
        }
        for (int rows = in.getInt(); rows > 0; rows--) {
            NodeRow row = new NodeRow();
            row.clear(in.getLong());
            for (int present = in.getInt(); present > 0; present--) {
                row.put(in.getInt(), in.getDouble(), in.getDouble(), in.get() != 0);
            }
            joiner.open.add(row);
        }
        return joiner;
    }
}
