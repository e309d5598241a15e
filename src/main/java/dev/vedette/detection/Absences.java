package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.NodeRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which metrics of a node have fallen silent while the node goes on. By event time: nothing depends
 * on when this is asked.
 *
 * <p>A metric is silent when its node's rows have gone on without it for {@value #SILENT_STEPS} of
 * its usual steps, twice its longest usual hole, and two minutes. More than half of the node's
 * other metrics must go on, or the rows must be of the present: then metrics that are imported one
 * after another do not alarm. The record is written anew whenever the silence has doubled; it ends
 * when the metric returns, and after {@value #RETIRED_DAYS} days, when it counts as gone for good.
 * A metric whose last point is a known gap (an end that was announced) is not missed. Not
 * thread-safe.
 */
final class Absences {
    /** Id, in an anomaly's record, of what finds absences. */
    static final String ENGINE = "absence";

    /** Its version. */
    static final int VERSION = 1;

    static final int SILENT_STEPS = 12;

    static final int RETIRED_DAYS = 7;

    static final long RETIRED_MILLIS = RETIRED_DAYS * 24 * 3_600_000L;

    private static final double LEAST_MILLIS = 120_000;

    /** Points before which nothing is known about when the next one is due. */
    private static final int REGULAR_POINTS = 20;

    private static final double PACE = 0.1;

    /** How fast the longest hole is forgotten, and how far beyond the bound one hole moves it. */
    private static final double KEPT = 0.9997;

    private static final double LEARNT = 4;

    private int metrics;
    private long[] latest = {};
    private double[] step = {};
    private double[] longest = {};
    private int[] points = {};
    private boolean[] ended = {};
    private double[] told = {};

    /**
     * An absence of one metric.
     *
     * @param metric its place in the rows
     * @param result opened, gone on or closed
     */
    record Absence(int metric, AnomalyResult result) {}

    /** Another metric joined, the next in order. */
    void join() {
        metrics++;
        latest = Arrays.copyOf(latest, metrics);
        step = Arrays.copyOf(step, metrics);
        longest = Arrays.copyOf(longest, metrics);
        points = Arrays.copyOf(points, metrics);
        ended = Arrays.copyOf(ended, metrics);
        told = Arrays.copyOf(told, metrics);
    }

    /**
     * A point of a metric; one not later than its last changes nothing.
     *
     * @param value NaN for a known gap
     * @param found gets the absence that it ends
     */
    void seen(int metric, long epochMillis, double value, List<Absence> found) {
        if (points[metric] > 0 && epochMillis <= latest[metric]) {
            return;
        }
        if (told[metric] > 0) {
            found.add(absence(metric, epochMillis, false));
            told[metric] = 0;
        }
        if (points[metric] > 0) {
            learn(metric, (double) epochMillis - latest[metric]);
        }
        points[metric] = Math.min(points[metric] + 1, REGULAR_POINTS);
        latest[metric] = epochMillis;
        ended[metric] = Double.isNaN(value);
    }

    private void learn(int metric, double distance) {
        double hole = Math.min(distance, LEARNT * Math.max(bound(metric), LEAST_MILLIS));
        double usual = step[metric];
        step[metric] =
                usual == 0
                        ? distance
                        : usual + PACE * (Math.clamp(distance, usual / 2, usual * 2) - usual);
        longest[metric] = Math.max(longest[metric] * KEPT, hole);
    }

    /** From how long on a metric is silent. */
    private double bound(int metric) {
        double ofSteps = Math.max(SILENT_STEPS * step[metric], 2 * longest[metric]);
        return Math.max(ofSteps, LEAST_MILLIS);
    }

    /**
     * A row of the node, later than the last.
     *
     * @param isPresent whether it is of the present, not of a history that is being imported
     * @param found gets the absences that begin, go on or are given up
     */
    void row(NodeRow row, boolean isPresent, List<Absence> found) {
        boolean counts = isPresent || 2 * row.present() > expected();
        for (int i = 0; i < metrics; i++) {
            double silence = (double) row.epochMillis() - latest[i];
            if (silence < LEAST_MILLIS || points[i] < REGULAR_POINTS || ended[i]) {
                continue;
            }
            if (told[i] > 0 && silence >= RETIRED_MILLIS) {
                found.add(absence(i, latest[i] + RETIRED_MILLIS, false));
                told[i] = 0;
                ended[i] = true;
            } else if (counts && silence >= Math.max(bound(i), 2 * told[i])) {
                told[i] = silence;
                found.add(absence(i, row.epochMillis(), true));
            }
        }
    }

    private int expected() {
        int expected = 0;
        for (int i = 0; i < metrics; i++) {
            expected += points[i] >= REGULAR_POINTS && !ended[i] && told[i] == 0 ? 1 : 0;
        }
        return expected;
    }

    private Absence absence(int metric, long until, boolean open) {
        return new Absence(
                metric, result(latest[metric], until, open, bound(metric), step[metric]));
    }

    /**
     * The record of a silence: its score is 0.6 at the bound and grows with the silence.
     *
     * @param since time of the last point
     * @param until time up to which it is known
     * @param bound from how long on it counts, in milliseconds, above 0
     * @param step usual spacing of points in milliseconds
     */
    static AnomalyResult result(long since, long until, boolean open, double bound, double step) {
        double times = (until - since) / bound;
        double score = times / (times + 2 / 3.0);
        double missed = (until - since) / Math.max(step, 1);
        return new AnomalyResult(
                Instant.ofEpochMilli(since),
                Instant.ofEpochMilli(until),
                Instant.ofEpochMilli(until),
                open,
                score,
                AnomalyKind.MISSING,
                times / (1 + times),
                score,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                (int) Math.clamp(missed, 1, Integer.MAX_VALUE),
                Map.of("silence", score));
    }

    /** How strange that metric's silence was when it was last told of; 0 while it is not silent. */
    double score(int metric) {
        double times = told[metric] / Math.max(bound(metric), 1);
        return times / (times + 2 / 3.0);
    }

    /** Whether every metric has announced its end. */
    boolean haveAllEnded() {
        boolean all = metrics > 0;
        for (int i = 0; i < metrics; i++) {
            all &= ended[i];
        }
        return all;
    }

    /** Size of what {@link #write} writes. */
    int bytes() {
        return Integer.BYTES + metrics * (8 + 8 + 8 + 4 + 1 + 8);
    }

    /** Writes the whole state. */
    void write(ByteBuffer out) {
        out.putInt(metrics);
        for (int i = 0; i < metrics; i++) {
            out.putLong(latest[i]).putDouble(step[i]).putDouble(longest[i]).putInt(points[i]);
            out.put((byte) (ended[i] ? 1 : 0)).putDouble(told[i]);
        }
    }

    /** What {@link #write} wrote. */
    static Absences read(ByteBuffer in) {
        Absences absences = new Absences();
        for (int left = in.getInt(); left > 0; left--) {
            absences.join();
            int i = absences.metrics - 1;
            absences.latest[i] = in.getLong();
            absences.step[i] = in.getDouble();
            absences.longest[i] = in.getDouble();
            absences.points[i] = in.getInt();
            absences.ended[i] = in.get() != 0;
            absences.told[i] = in.getDouble();
        }
        return absences;
    }
}
