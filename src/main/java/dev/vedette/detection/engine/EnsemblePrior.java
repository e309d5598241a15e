package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * What the default engine knows of a metric before a series of it has a point: the state of a
 * series of level 0 and spread 1, made from those of siblings ({@link SiblingMerge}), which a new
 * series brings to its own level and scale ({@link Settling}). Here is its form in storage: single
 * bytes hold what is a shape, a share or a count, so that {@link #BYTES} suffice.
 */
final class EnsemblePrior {
    /** Slots of d that are lengths in the series' unit: in spreads here. */
    static final int[] LENGTHS = {
        DayProfile.SPREAD, LabelMachine.LAST_ERROR, LabelMachine.MEAN_ERROR, LabelMachine.STEP_ERROR
    };

    /** The same, of f. */
    static final int[] ERRORS = {DayProfile.WEEKDAY_ERROR, DayProfile.WEEKEND_ERROR};

    /** Slots of d without a unit that are usual sizes: not where a series stands now. */
    static final int[] SIZES = {
        ShortForecast.MEAN_ERROR,
        ShortForecast.LAST_ERROR,
        ShortForecast.SCALE,
        LagSubspace.SCALE,
        FlatRun.LONGEST,
        FlatRun.MOVES,
        EnsembleOutput.SMOOTH,
        EnsembleOutput.HABIT,
        LabelMachine.ROUGHNESS,
        LabelMachine.USUAL_LEVEL,
        LabelMachine.USUAL_ROUGHNESS
    };

    /** Where the tail histograms start. */
    static final int[] TAILS = {
        EnsembleState.TAIL_SEASON, EnsembleState.TAIL_PAIR, EnsembleState.TAIL_JUMP
    };

    /** The weekday and the weekend copy of the day. */
    private static final int SHAPE = 2 * DayProfile.BINS;

    // Numbers, the range of days and the shape's unit; kind, days and bytes of shape; counts of the
    // two copies; prototypes and their counts; histograms.
    /** Size of a prior, without envelope. */
    static final int BYTES =
            Float.BYTES * (LENGTHS.length + ERRORS.length + SIZES.length + Settling.SLOTS + 3)
                    + (2 + SHAPE)
                    + 2 * DayProfile.BINS
                    + (Novelty.FLOATS + Novelty.SHORTS / 2)
                    + TAILS.length * TailHistogram.BINS;

    /** Steps in a prototype's coordinate, which lies within ±3: it is asinh(20 / 2) at most. */
    private static final float PER_COORDINATE = 40;

    private EnsemblePrior() {}

    static byte[] write(EnsembleState prior) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        for (int slot : LENGTHS) {
            out.putFloat((float) prior.d[slot]);
        }
        for (int slot : ERRORS) {
            out.putFloat(prior.f[slot]);
        }
        for (int slot : SIZES) {
            out.putFloat((float) prior.d[slot]);
        }
        for (int i = 0; i < Settling.SLOTS; i++) {
            out.putFloat((float) prior.d[Settling.AT + i]);
        }
        out.put((byte) prior.c[Intake.MODE]);
        out.put((byte) prior.c[Records.KNOWN]);
        out.putFloat(Records.low(prior)).putFloat(Records.high(prior));
        writeDay(prior, out);
        for (int i = 0; i < Novelty.FLOATS; i++) {
            out.put((byte) Math.round(prior.f[EnsembleState.PROTOTYPES + i] * PER_COORDINATE));
        }
        for (int i = 0; i < Novelty.SHORTS; i += 2) {
            out.put((byte) prior.c[EnsembleState.USES + i]);
        }
        for (int tail : TAILS) {
            for (int i = 0; i < TailHistogram.BINS; i++) {
                out.put((byte) prior.c[tail + i]);
            }
        }
        return out.array();
    }

    private static void writeDay(EnsembleState prior, ByteBuffer out) {
        float largest = Float.MIN_NORMAL;
        for (int i = 0; i < SHAPE; i++) {
            largest = Math.max(largest, Math.abs(prior.f[EnsembleState.BINS + i]));
        }
        out.putFloat(largest);
        for (int i = 0; i < SHAPE; i++) {
            out.put((byte) Math.round(prior.f[EnsembleState.BINS + i] / largest * Byte.MAX_VALUE));
        }
        for (int i = 0; i < DayProfile.BINS; i++) {
            out.putShort(prior.c[EnsembleState.COUNTS + i]);
        }
    }

    /**
     * The state of a series that has a prior and no point.
     *
     * @throws CorruptSnapshotException when the bytes are too few or too many
     */
    static EnsembleState read(ByteBuffer in) {
        SnapshotEnvelope.requireLength(EnsembleEngine.PRIOR, in, BYTES);
        EnsembleState prior = new EnsembleState();
        for (int slot : LENGTHS) {
            prior.d[slot] = in.getFloat();
        }
        for (int slot : ERRORS) {
            prior.f[slot] = in.getFloat();
        }
        for (int slot : SIZES) {
            prior.d[slot] = in.getFloat();
        }
        for (int i = 0; i < Settling.SLOTS; i++) {
            prior.d[Settling.AT + i] = in.getFloat();
        }
        prior.c[Intake.MODE] = in.get();
        Records.set(prior, in.get(), in.getFloat(), in.getFloat());
        readDay(prior, in);
        for (int i = 0; i < Novelty.FLOATS; i++) {
            prior.f[EnsembleState.PROTOTYPES + i] = in.get() / PER_COORDINATE;
        }
        for (int i = 0; i < Novelty.SHORTS; i += 2) {
            prior.c[EnsembleState.USES + i] = in.get();
        }
        for (int tail : TAILS) {
            readTail(prior, tail, in);
        }
        return prior;
    }

    private static void readDay(EnsembleState prior, ByteBuffer in) {
        float largest = in.getFloat();
        for (int i = 0; i < SHAPE; i++) {
            prior.f[EnsembleState.BINS + i] = largest * in.get() / Byte.MAX_VALUE;
        }
        for (int i = 0; i < DayProfile.BINS; i++) {
            prior.c[EnsembleState.COUNTS + i] = in.getShort();
        }
    }

    private static void readTail(EnsembleState prior, int tail, ByteBuffer in) {
        for (int i = 0; i < TailHistogram.BINS; i++) {
            short count = (short) Byte.toUnsignedInt(in.get());
            prior.c[tail + i] = count;
            prior.c[tail + TailHistogram.BINS] += count;
        }
    }
}
