package dev.vedette.detection.engine;

import java.util.List;
import java.util.Optional;

/** An algorithm with its configuration: the plug of detection. Immutable and thread-safe. */
public interface DetectionEngine {
    /** Its name in the API and in configuration, such as {@code ensemble} or {@code ewma}. */
    String id();

    /**
     * Raised whenever the same points would give other verdicts or the snapshot another form; at
     * least 1.
     */
    int version();

    /**
     * The names of its evidence channels, in the order of {@link Verdict#evidence}; at most {@link
     * Verdict#MAX_CHANNELS}.
     */
    List<String> channels();

    /** A detector that has seen nothing. */
    SeriesDetector open(DetectionSettings settings);

    /**
     * What detectors of sibling series know that a new one of the same metric can begin with: no
     * level, no records, nothing of where a sibling stands now. Bounded in size, the same for the
     * same snapshots in the same order.
     *
     * @param siblings snapshots of this engine's detectors
     * @return empty when the engine has no use for siblings, or these are too few or too different
     * @throws CorruptSnapshotException when one is not a whole snapshot of this engine and version
     */
    default Optional<SiblingPrior> prior(List<byte[]> siblings) {
        return Optional.empty();
    }

    /**
     * A detector that has seen nothing and begins with that prior, which fades as points come.
     *
     * @param prior made by {@link #prior} of this engine
     * @throws CorruptSnapshotException when it is damaged or of another engine or version
     */
    default SeriesDetector open(DetectionSettings settings, byte[] prior) {
        throw new CorruptSnapshotException(id() + " begins without prior");
    }

    /**
     * A detector with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this engine and
     *     version; the caller rebuilds from history
     */
    SeriesDetector restore(DetectionSettings settings, byte[] snapshot);
}
