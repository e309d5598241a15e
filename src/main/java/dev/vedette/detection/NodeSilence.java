package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Whether a node as a whole has fallen silent. Only a node that was followed in the present can:
 * one whose last {@value #LIVE_ROWS} rows came in at about the time they tell of.
 *
 * <p>What is told follows from the rows alone: a silence begins with the last row, is told as long
 * as its bound while it goes on, and ends with the next row. So it does not matter when, or how
 * often, it is noticed that nothing comes, and a replay gives the same records. Not thread-safe.
 */
final class NodeSilence {
    /** Rows of the present, one after another, that make a node one that is followed. */
    static final int LIVE_ROWS = 20;

    private static final double LEAST_MILLIS = 120_000;

    private static final double PACE = 0.1;

    /** As for single metrics, see {@link Absences}. */
    private static final double KEPT = 0.9997;

    private static final double LEARNT = 4;

    private long latest;
    private double step;
    private double longest;
    private int live;

    /**
     * A row of the node, later than the last.
     *
     * @param isPresent whether it came in at about the time it tells of
     * @return the silence that it ended
     */
    Optional<AnomalyResult> row(long epochMillis, boolean isPresent) {
        double distance = (double) epochMillis - latest;
        Optional<AnomalyResult> ended =
                isLive() && isPresent && distance >= bound()
                        ? Optional.of(result(epochMillis, false))
                        : Optional.empty();
        if (live > 0) {
            learn(distance);
        }
        live = isPresent ? Math.min(live + 1, LIVE_ROWS) : 0;
        latest = epochMillis;
        return ended;
    }

    private void learn(double distance) {
        double hole = Math.min(distance, LEARNT * bound());
        step =
                step == 0
                        ? distance
                        : step + PACE * (Math.clamp(distance, step / 2, step * 2) - step);
        longest = Math.max(longest * KEPT, hole);
    }

    /** Whether the node is followed, so that its silence would be told. */
    boolean isLive() {
        return live >= LIVE_ROWS;
    }

    /** How long nothing may come before the node is silent, in milliseconds. */
    long boundMillis() {
        return (long) bound();
    }

    private double bound() {
        return Math.max(LEAST_MILLIS, Math.max(Absences.SILENT_STEPS * step, 2 * longest));
    }

    /** Time of the last row, milliseconds since 1970-01-01T00:00Z. */
    long latest() {
        return latest;
    }

    /** The silence since the last row, which goes on; told as long as its bound. */
    AnomalyResult open() {
        return result(latest + boundMillis(), true);
    }

    /** The same given up after its longest time; the node is not followed from then on. */
    AnomalyResult givenUp() {
        live = 0;
        return result(latest + Absences.RETIRED_MILLIS, false);
    }

    private AnomalyResult result(long until, boolean open) {
        return Absences.result(latest, until, open, bound(), step);
    }

    /** Size of what {@link #write} writes. */
    static int bytes() {
        return 3 * Long.BYTES + Integer.BYTES;
    }

    /** Writes the whole state. */
    void write(ByteBuffer out) {
        out.putLong(latest).putDouble(step).putDouble(longest).putInt(live);
    }

    /** What {@link #write} wrote. */
    static NodeSilence read(ByteBuffer in) {
        NodeSilence silence = new NodeSilence();
        silence.latest = in.getLong();
        silence.step = in.getDouble();
        silence.longest = in.getDouble();
        silence.live = in.getInt();
        return silence;
    }
}
