package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The default engine: several cheap views of a series, each strong where another is blind, summed
 * with few weights. See {@code docs/detection.md} for the method, its sources and what was
 * measured.
 */
final class EnsembleEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "ensemble";

    private static final int VERSION = 4;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public List<String> channels() {
        return EnsembleDetector.CHANNELS;
    }

    @Override
    public SeriesDetector open(DetectionSettings settings) {
        return new EnsembleDetector(settings, new EnsembleState());
    }

    @Override
    public SeriesDetector restore(DetectionSettings settings, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(ID, VERSION, snapshot);
        SnapshotEnvelope.requireLength(ID, in, Long.BYTES + EnsembleState.BYTES);
        long last = in.getLong();
        EnsembleState state = new EnsembleState();
        state.read(in);
        return new EnsembleDetector(settings, state, last);
    }

    /** The snapshot of a detector's state. */
    static byte[] snapshot(EnsembleState state, long last) {
        byte[] payload =
                ByteBuffer.allocate(Long.BYTES + EnsembleState.BYTES)
                        .putLong(last)
                        .put(state.write())
                        .array();
        return SnapshotEnvelope.seal(ID, VERSION, payload);
    }
}
