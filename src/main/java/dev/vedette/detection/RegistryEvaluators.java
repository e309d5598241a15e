package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;

/**
 * Evaluators of one engine of a registry.
 *
 * @param engines the registry
 * @param engine the engine's id, which the registry has
 */
record RegistryEvaluators(EngineRegistry engines, String engine) implements EvaluatorFactory {
    @Override
    public int version() {
        return engines.get(engine).version();
    }

    @Override
    public SeriesEvaluator open(DetectionSettings settings) {
        return engines.open(engine, settings);
    }

    @Override
    public SeriesEvaluator restore(DetectionSettings settings, byte[] snapshot) {
        return engines.restore(engine, settings, snapshot);
    }
}
