package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.series.Series;

/**
 * What was set for the detection of a series. Asked once per series and restart of its evaluator,
 * on a virtual thread; answers from memory.
 */
@FunctionalInterface
public interface SettingsSource {
    /** The settings of that series; {@link DetectionSettings#DEFAULT} where none were made. */
    DetectionSettings of(Series series);
}
