package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The default engine: several cheap views of a series, each strong where another is blind, summed
 * with few weights. See {@code docs/detection.md} for the method, its sources and what was
 * measured.
 */
final class EnsembleEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "ensemble";

    /** Whose envelope a prior has. */
    static final String PRIOR = "prior of " + ID;

    private static final int VERSION = 4;
    private static final int PRIOR_VERSION = 1;

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
        Stored stored = read(snapshot);
        return new EnsembleDetector(settings, stored.state(), stored.last());
    }

    private record Stored(EnsembleState state, long last) {}

    private static Stored read(byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(ID, VERSION, snapshot);
        SnapshotEnvelope.requireLength(ID, in, Long.BYTES + EnsembleState.BYTES);
        long last = in.getLong();
        EnsembleState state = new EnsembleState();
        state.read(in);
        return new Stored(state, last);
    }

    @Override
    public Optional<SiblingPrior> prior(List<byte[]> siblings) {
        List<EnsembleState> states = new ArrayList<>();
        for (byte[] snapshot : siblings) {
            states.add(read(snapshot).state());
        }
        return SiblingMerge.of(states).map(EnsembleEngine::prior);
    }

    private static SiblingPrior prior(SiblingMerge merge) {
        byte[] payload = EnsemblePrior.write(merge.prior());
        return new SiblingPrior(
                merge.siblings(), SnapshotEnvelope.seal(PRIOR, PRIOR_VERSION, payload));
    }

    @Override
    public SeriesDetector open(DetectionSettings settings, byte[] prior) {
        ByteBuffer in = SnapshotEnvelope.open(PRIOR, PRIOR_VERSION, prior);
        return new EnsembleDetector(settings, EnsemblePrior.read(in));
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
