package dev.vedette.detection.threshold;

import dev.vedette.detection.engine.DetectionSettings;
import java.util.Set;

/**
 * What holds where nobody set anything.
 *
 * @param engine id of the engine
 * @param threshold alarm score from which an anomaly opens, in (0,1]
 * @param familyDefaults whether the safe defaults of metric families apply
 * @param engines ids of all engines; a rule that names another is passed over in that field
 * @param holidays days that may go like weekends
 */
public record ServiceDefaults(
        String engine,
        double threshold,
        boolean familyDefaults,
        Set<String> engines,
        HolidayCalendar holidays) {
    /** The ensemble at its usual threshold and nothing else. */
    public static final ServiceDefaults PLAIN =
            new ServiceDefaults(
                    "ensemble",
                    DetectionSettings.DEFAULT.threshold(),
                    false,
                    Set.of("ensemble"),
                    HolidayCalendar.EMPTY);

    /** Copies. */
    public ServiceDefaults {
        engines = Set.copyOf(engines);
    }
}
