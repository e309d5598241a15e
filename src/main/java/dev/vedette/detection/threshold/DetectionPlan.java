package dev.vedette.detection.threshold;

import dev.vedette.detection.engine.DetectionSettings;

/**
 * How a series is judged.
 *
 * @param engine id of the engine
 * @param settings what it and the gates are told
 */
public record DetectionPlan(String engine, DetectionSettings settings) {
    /** The same at another threshold, in (0,1]. */
    public DetectionPlan withThreshold(double threshold) {
        return new DetectionPlan(
                engine,
                new DetectionSettings(
                        threshold,
                        settings.direction(),
                        settings.minAbsoluteDeviation(),
                        settings.minRelativeDeviation(),
                        settings.zone(),
                        settings.holidays()));
    }
}
