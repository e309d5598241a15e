package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyDetectionEngine;
import dev.vedette.detection.engine.AnomalyExplanation;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.SeriesEvaluator.Change;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.series.MetricSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * The batch view of any streaming engine: runs the evaluator of live detection over a whole series,
 * point by point, so it finds what live detection finds. Immutable and thread-safe: every call has
 * an evaluator of its own.
 */
public final class StreamingAnomalyDetectionEngine implements AnomalyDetectionEngine {
    private final EngineRegistry registry;
    private final String engineId;
    private final DetectionSettings settings;
    private final Explainer explainer;

    /**
     * The batch view of the engine of that id.
     *
     * @throws UnknownEngineException when the registry has none
     */
    public StreamingAnomalyDetectionEngine(
            EngineRegistry registry,
            String engineId,
            DetectionSettings settings,
            Explainer explainer) {
        this.registry = registry;
        this.engineId = registry.get(engineId).id();
        this.settings = settings;
        this.explainer = explainer;
    }

    @Override
    public List<AnomalyResult> detect(MetricSeries series) {
        SeriesEvaluator evaluator = registry.open(engineId, settings);
        List<AnomalyResult> found = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            if (evaluator.update(series.epochMillis(i), series.value(i)) == Change.CLOSED) {
                evaluator.anomaly().ifPresent(found::add);
            }
        }
        evaluator.anomaly().filter(AnomalyResult::open).ifPresent(found::add);
        return found;
    }

    /** Why that anomaly of that series is one, in words; times in the zone of the settings. */
    @Override
    public AnomalyExplanation explain(MetricSeries series, AnomalyResult anomaly) {
        return explainer.explain(series, anomaly, settings.zone());
    }
}
