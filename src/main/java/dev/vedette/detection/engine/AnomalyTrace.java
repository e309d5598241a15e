package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of one anomaly while it is open. */
final class AnomalyTrace {
    /** Size of its snapshot. */
    static final int BYTES =
            3 * Long.BYTES + 6 * Double.BYTES + 3 + 2 * Integer.BYTES + 8 * Verdict.MAX_CHANNELS;

    private static final AnomalyKind[] KINDS = AnomalyKind.values();

    private final long start;
    private long end;
    private long peakAt;
    private double peak = -1;

    /** How strong the point at {@code peakAt} is, see {@link #strength}. */
    private double strongest = -1;

    private double observed;
    private double expected;
    private double lower;
    private double upper;
    private int points;
    private boolean above;
    private AnomalyKind kind = AnomalyKind.NORMAL;

    /** By how many points the kind leads over all others together. */
    private int lead;

    private final double[] evidence = new double[Verdict.MAX_CHANNELS];

    /** Whether it goes on. */
    boolean open = true;

    AnomalyTrace(long start) {
        this.start = start;
    }

    /**
     * Takes in one more point at which the series is strange. The smoothed state stays up for a
     * while after a value is back inside its band: such a point keeps the anomaly open, but is not
     * one of its points, unless it stands still.
     */
    void extend(long epochMillis, double value, Verdict verdict) {
        boolean inside = value >= verdict.lower && value <= verdict.upper;
        if (points == 0 || !inside || verdict.kind == AnomalyKind.FLATLINE) {
            end = epochMillis;
            points++;
        }
        vote(verdict.kind);
        double score = Math.max(verdict.alarmScore, verdict.anomalyScore);
        peak = Math.max(peak, score);
        double strength = inside ? score : strength(value, verdict);
        if (strength <= strongest) {
            return;
        }
        strongest = strength;
        peakAt = epochMillis;
        observed = value;
        expected = verdict.expected;
        lower = verdict.lower;
        upper = verdict.upper;
        above = value > expected;
        System.arraycopy(verdict.evidence, 0, evidence, 0, evidence.length);
    }

    /**
     * What most of its points were called, by the majority vote of Boyer and Moore ("MJRTY: a fast
     * majority vote algorithm", 1991): the last points of a stretch look like its end, not like it.
     */
    private void vote(AnomalyKind seen) {
        if (seen == AnomalyKind.NORMAL) {
            return;
        }
        if (lead == 0) {
            kind = seen;
        }
        lead += seen == kind ? 1 : -1;
    }

    /** Above 1, by its distance beyond the band in widths of it: no point inside is stronger. */
    private static double strength(double value, Verdict verdict) {
        double beyond = Math.max(value - verdict.upper, verdict.lower - value);
        double width = verdict.upper - verdict.lower;
        return width > 0 ? 1 + Math.min(beyond / width, 1e9) : 1 + 1e9;
    }

    /** The anomaly so far, for the outside. */
    AnomalyResult result(List<String> channels) {
        Map<String, Double> strengths = new LinkedHashMap<>();
        double loudest = 0;
        for (int i = 0; i < channels.size(); i++) {
            strengths.put(channels.get(i), evidence[i]);
            loudest = Math.max(loudest, evidence[i]);
        }
        return new AnomalyResult(
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(end),
                Instant.ofEpochMilli(peakAt),
                open,
                peak,
                namedKind(),
                magnitude(),
                // Two witnesses: how rare the point is, and how strongly one channel speaks.
                (peak + Math.min(loudest, 1)) / 2,
                observed,
                expected,
                lower,
                upper,
                points,
                strengths);
    }

    /**
     * An anomaly whose points all looked ordinary to the labels is an excursion of its own side.
     */
    private AnomalyKind namedKind() {
        if (kind != AnomalyKind.NORMAL) {
            return kind;
        }
        return above ? AnomalyKind.SPIKE : AnomalyKind.DIP;
    }

    private double magnitude() {
        double distance = Math.abs(observed - expected);
        double width = upper - lower;
        double share = distance == 0 ? 0 : distance / (distance + width);
        return Double.isFinite(share) ? Math.min(share, Math.nextDown(1.0)) : 0;
    }

    void write(ByteBuffer out) {
        out.putLong(start).putLong(end).putLong(peakAt).putDouble(peak).putDouble(observed);
        out.putDouble(strongest).putInt(lead);
        out.putDouble(expected).putDouble(lower).putDouble(upper).putInt(points);
        out.put((byte) (above ? 1 : 0)).put((byte) indexOf(kind)).put((byte) (open ? 1 : 0));
        for (double strength : evidence) {
            out.putDouble(strength);
        }
    }

    static AnomalyTrace read(ByteBuffer in) {
        AnomalyTrace trace = new AnomalyTrace(in.getLong());
        trace.end = in.getLong();
        trace.peakAt = in.getLong();
        trace.peak = in.getDouble();
        trace.observed = in.getDouble();
        trace.strongest = in.getDouble();
        trace.lead = in.getInt();
        trace.expected = in.getDouble();
        trace.lower = in.getDouble();
        trace.upper = in.getDouble();
        trace.points = in.getInt();
        trace.above = in.get() != 0;
        trace.kind = KINDS[Math.floorMod(in.get(), KINDS.length)];
        trace.open = in.get() != 0;
        for (int i = 0; i < trace.evidence.length; i++) {
            trace.evidence[i] = in.getDouble();
        }
        return trace;
    }

    private static int indexOf(AnomalyKind kind) {
        return List.of(KINDS).indexOf(kind);
    }
}
