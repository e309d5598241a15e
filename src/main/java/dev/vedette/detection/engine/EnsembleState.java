package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * The whole state of the default engine on one series: three flat arrays, so that a visit in random
 * order costs few cache misses. Each part of the ensemble owns a range of slots and is a class of
 * static functions over it; this class says where each range starts.
 */
final class EnsembleState {
    // Slots of d.
    static final int PACE = 0;
    static final int LEVEL = PACE + Pace.SLOTS;
    static final int PROFILE = LEVEL + SlowLevel.SLOTS;
    static final int FORECAST = PROFILE + DayProfile.SLOTS;
    static final int LAGS = FORECAST + ShortForecast.SLOTS;
    static final int FLAT = LAGS + LagSubspace.SLOTS;
    static final int OUTPUT = FLAT + FlatRun.SLOTS;
    static final int LABEL = OUTPUT + EnsembleOutput.SLOTS;
    static final int INTAKE = LABEL + LabelMachine.SLOTS;
    static final int RECORDS = INTAKE + Intake.SLOTS;
    static final int HOUR = RECORDS + Records.SLOTS;
    static final int KEPT = HOUR + HourLevel.SLOTS;

    // Slots of f.
    static final int BINS = 0;
    static final int PROTOTYPES = BINS + DayProfile.FLOATS;
    static final int RING = PROTOTYPES + Novelty.FLOATS;
    static final int EXTREMES = RING + LagSubspace.FLOATS;
    static final int SLOW = EXTREMES + Records.FLOATS;
    static final int FLOATS = SLOW + EnsembleOutput.FLOATS;

    // Slots of c.
    static final int COUNTS = 0;
    static final int USES = COUNTS + DayProfile.SHORTS;
    static final int TAIL_SEASON = USES + Novelty.SHORTS;
    static final int TAIL_PAIR = TAIL_SEASON + TailHistogram.SHORTS;
    static final int TAIL_JUMP = TAIL_PAIR + TailHistogram.SHORTS;
    static final int FLAGS = TAIL_JUMP + TailHistogram.SHORTS;
    static final int INTAKE_FLAGS = FLAGS + LabelMachine.SHORTS;
    static final int RECORDED = INTAKE_FLAGS + Intake.SHORTS;
    static final int SHORTS = RECORDED + Records.SHORTS;

    /** Size of the state, also that of its snapshot's payload. */
    static final int BYTES = KEPT * Double.BYTES + FLOATS * Float.BYTES + SHORTS * Short.BYTES;

    private static final int CACHE_LINE = 64;

    /** Levels, spreads, rates, scores. */
    final double[] d = new double[KEPT];

    /** {@link Evidence} of the point that is being judged: of the verdict, no part of the state. */
    double[] e = {};

    /** Tables: the profile, prototypes, lag vectors. */
    final float[] f = new float[FLOATS];

    /** Counts. */
    final short[] c = new short[SHORTS];

    /** Names the evidence of the point to come; most often that of the point before. */
    @SuppressWarnings("ReferenceEquality")
    void judgeInto(double[] evidence) {
        // A reference stored at every point costs the collector's barrier: see Verdict.clear.
        if (e != evidence) {
            e = evidence;
        }
    }

    /**
     * Reads each cache line once. Most of a visit in random order is spent on waiting for memory;
     * reads that do not depend on each other wait together, those of the channels one by one.
     *
     * @return of no use but to be kept, so that the reads are not optimised away
     */
    double touch() {
        double doubles = 0;
        for (int i = 0; i < KEPT; i += CACHE_LINE / Double.BYTES) {
            doubles += d[i];
        }
        float floats = 0;
        for (int i = 0; i < FLOATS; i += CACHE_LINE / Float.BYTES) {
            floats += f[i];
        }
        int shorts = 0;
        for (int i = 0; i < SHORTS; i += CACHE_LINE / Short.BYTES) {
            shorts += c[i];
        }
        return doubles + floats + shorts;
    }

    byte[] write() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        for (int i = 0; i < KEPT; i++) {
            out.putDouble(d[i]);
        }
        for (float value : f) {
            out.putFloat(value);
        }
        for (short value : c) {
            out.putShort(value);
        }
        return out.array();
    }

    void read(ByteBuffer in) {
        for (int i = 0; i < KEPT; i++) {
            d[i] = in.getDouble();
        }
        for (int i = 0; i < FLOATS; i++) {
            f[i] = in.getFloat();
        }
        for (int i = 0; i < SHORTS; i++) {
            c[i] = in.getShort();
        }
    }
}
