package dev.vedette.detection.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A detector, the tenant's gates, and the life cycle of an anomaly with hysteresis: it opens at a
 * point outside its band whose alarm score reaches the threshold, goes on while the state score
 * keeps a third of it, and closes after {@value #QUIET_POINTS} quiet points in a row or after a gap
 * of {@value #GAP_STEPS} usual steps. A series that flaps around the threshold is therefore one
 * anomaly.
 */
final class StreamingEvaluator implements SeriesEvaluator {
    /** Quiet points in a row that end an anomaly. */
    static final int QUIET_POINTS = 6;

    /** A hole of so many usual steps ends an anomaly. */
    static final int GAP_STEPS = 24;

    /** The share of the threshold that the state score must keep for an anomaly to go on. */
    static final double KEEP_SHARE = 0.33;

    /** Larger values are taken as this: single-precision state and squares must not overflow. */
    private static final double LARGEST_VALUE = 1e30;

    private static final int VERSION = 2;

    private final DetectionEngine engine;
    private final DetectionSettings settings;
    private final SeriesDetector detector;
    private final Verdict verdict;

    private long last = Long.MIN_VALUE;
    private double stepMillis;
    private int quiet;
    private boolean opensLate;
    private int pointsToWarm;
    private @Nullable AnomalyTrace trace;

    StreamingEvaluator(
            DetectionEngine engine, DetectionSettings settings, SeriesDetector detector) {
        this(engine, settings, detector, new Verdict());
    }

    /**
     * The same.
     *
     * @param verdict filled anew at each point: evaluators that never judge at once may share it
     */
    StreamingEvaluator(
            DetectionEngine engine,
            DetectionSettings settings,
            SeriesDetector detector,
            Verdict verdict) {
        this.verdict = verdict;
        this.engine = engine;
        this.settings = settings;
        this.detector = detector;
    }

    @Override
    public Change update(long epochMillis, double value) {
        double known =
                Double.isFinite(value)
                        ? Math.clamp(value, -LARGEST_VALUE, LARGEST_VALUE)
                        : Double.NaN;
        detector.update(epochMillis, known, verdict);
        if (verdict.state == Verdict.State.OUT_OF_ORDER) {
            return Change.NONE;
        }
        pointsToWarm = verdict.pointsToWarm;
        boolean gap = learnStep(epochMillis);
        last = epochMillis;
        if (trace != null && !trace.open) {
            trace = null;
        }
        return trace == null ? idle(epochMillis, known) : running(trace, epochMillis, known, gap);
    }

    private Change idle(long epochMillis, double value) {
        // A point that ended an anomaly by the gap before it, and is itself strange, opens here.
        boolean opens =
                opensLate
                        || (OpeningGate.SCORE.passes(settings, verdict, value)
                                && counts(value)
                                && OpeningGate.BAND.passes(settings, verdict, value));
        opensLate = false;
        if (!opens || Double.isNaN(value)) {
            return Change.NONE;
        }
        trace = new AnomalyTrace(epochMillis);
        trace.extend(epochMillis, value, verdict);
        quiet = 0;
        return Change.OPENED;
    }

    private Change running(AnomalyTrace open, long epochMillis, double value, boolean gap) {
        boolean alarming = OpeningGate.SCORE.passes(settings, verdict, value);
        boolean strange =
                verdict.anomalyScore >= KEEP_SHARE * settings.threshold() && counts(value);
        if (gap) {
            opensLate = alarming && counts(value);
            open.open = false;
            return Change.CLOSED;
        }
        if (strange || (alarming && counts(value))) {
            quiet = 0;
            open.extend(epochMillis, value, verdict);
            return Change.EXTENDED;
        }
        quiet++;
        if (quiet >= QUIET_POINTS) {
            open.open = false;
            return Change.CLOSED;
        }
        return Change.NONE;
    }

    /** Whether the value is far enough, on a side that counts, to be anyone's concern. */
    private boolean counts(double value) {
        if (verdict.state != Verdict.State.JUDGED || Double.isNaN(value)) {
            return false;
        }
        return OpeningGate.SIDE.passes(settings, verdict, value)
                && OpeningGate.DEVIATION.passes(settings, verdict, value);
    }

    /** Follows the usual spacing of points; tells whether a hole lies before this one. */
    private boolean learnStep(long epochMillis) {
        if (last == Long.MIN_VALUE) {
            return false;
        }
        double step = epochMillis - last;
        if (stepMillis == 0) {
            stepMillis = step;
            return false;
        }
        boolean gap = step > GAP_STEPS * stepMillis;
        stepMillis += 0.1 * (Math.clamp(step, stepMillis / 2, stepMillis * 2) - stepMillis);
        return gap;
    }

    @Override
    public String engine() {
        return engine.id();
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }

    @Override
    public Optional<AnomalyResult> anomaly() {
        return Optional.ofNullable(trace).map(open -> open.result(engine.channels()));
    }

    @Override
    public long lastEpochMillis() {
        return last;
    }

    @Override
    public OptionalLong warmAtMillis() {
        return last == Long.MIN_VALUE || pointsToWarm == 0
                ? OptionalLong.empty()
                : OptionalLong.of(last + (long) (pointsToWarm * stepMillis));
    }

    @Override
    public byte[] snapshot() {
        byte[] inner = detector.snapshot();
        int traceBytes = trace == null ? 0 : AnomalyTrace.BYTES;
        ByteBuffer out = ByteBuffer.allocate(8 + 8 + 4 + 1 + 1 + traceBytes + 4 + inner.length);
        out.putLong(last).putDouble(stepMillis).putInt(quiet);
        out.put((byte) (opensLate ? 1 : 0)).put((byte) (trace == null ? 0 : 1));
        if (trace != null) {
            trace.write(out);
        }
        out.putInt(inner.length).put(inner);
        return SnapshotEnvelope.seal(owner(engine), VERSION, out.array());
    }

    /** An evaluator with that state, see {@link EngineRegistry#restore}. */
    static StreamingEvaluator restore(
            DetectionEngine engine, DetectionSettings settings, byte[] snapshot, Verdict verdict) {
        ByteBuffer in = SnapshotEnvelope.open(owner(engine), VERSION, snapshot);
        try {
            return read(engine, settings, in, verdict);
        } catch (BufferUnderflowException e) {
            throw new CorruptSnapshotException("snapshot of " + owner(engine) + " is too short");
        }
    }

    private static StreamingEvaluator read(
            DetectionEngine engine, DetectionSettings settings, ByteBuffer in, Verdict verdict) {
        long last = in.getLong();
        double stepMillis = in.getDouble();
        int quiet = in.getInt();
        boolean opensLate = in.get() != 0;
        @Nullable AnomalyTrace trace = in.get() == 0 ? null : AnomalyTrace.read(in);
        int length = in.getInt();
        SnapshotEnvelope.requireLength(owner(engine), in, length);
        byte[] inner = new byte[length];
        in.get(inner);
        StreamingEvaluator evaluator =
                new StreamingEvaluator(engine, settings, engine.restore(settings, inner), verdict);
        evaluator.last = last;
        evaluator.stepMillis = stepMillis;
        evaluator.quiet = quiet;
        evaluator.opensLate = opensLate;
        evaluator.trace = trace;
        return evaluator;
    }

    /** The detector's snapshot in an evaluator's; empty when that is damaged or of another form. */
    static Optional<byte[]> detectorIn(DetectionEngine engine, byte[] snapshot) {
        try {
            StreamingEvaluator evaluator =
                    restore(engine, DetectionSettings.DEFAULT, snapshot, new Verdict());
            return Optional.of(evaluator.detector.snapshot());
        } catch (CorruptSnapshotException _) {
            return Optional.empty();
        }
    }

    private static String owner(DetectionEngine engine) {
        return "evaluator of " + engine.id();
    }
}
