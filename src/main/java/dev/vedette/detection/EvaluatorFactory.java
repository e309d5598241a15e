package dev.vedette.detection;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.SeriesEvaluator;

/** Makes the evaluators a worker runs: one engine, at one version. Thread-safe. */
public interface EvaluatorFactory {
    /** Id of the engine. */
    String engine();

    /** Its version. */
    int version();

    /** An evaluator that has seen nothing. */
    SeriesEvaluator open(DetectionSettings settings);

    /**
     * An evaluator with that state.
     *
     * @throws CorruptSnapshotException when the bytes are not a whole snapshot of this engine and
     *     version; the caller rebuilds from stored points
     */
    SeriesEvaluator restore(DetectionSettings settings, byte[] snapshot);
}
