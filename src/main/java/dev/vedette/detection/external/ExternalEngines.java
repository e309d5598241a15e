package dev.vedette.detection.external;

import dev.vedette.detection.ConnectedEngines;
import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.MerlionAnomalyEngine;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** The engine an operator connected by its URL, if any. */
@Singleton
final class ExternalEngines implements ConnectedEngines {
    private final ExternalEngineConfig config;
    private final MeterRegistry metrics;

    ExternalEngines(ExternalEngineConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    @Override
    public List<DetectionEngine> engines(DetectionEngine fallback) {
        return config.url().stream()
                .<DetectionEngine>map(url ->
                        new MerlionAnomalyEngine(
                                new GuardedModel(
                                        new ExternalEngineClient(url, config), config, metrics),
                                fallback))
                .toList();
    }
}
