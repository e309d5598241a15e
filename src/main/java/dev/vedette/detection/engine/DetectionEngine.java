package dev.vedette.detection.engine;

import java.util.List;

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
     * A detector with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this engine and
     *     version; the caller rebuilds from history
     */
    SeriesDetector restore(DetectionSettings settings, byte[] snapshot);
}
