package dev.vedette.evaluation;

import dev.vedette.detection.engine.DetectionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to score, and how.
 *
 * @param input CSV file, gzipped when its name ends in {@code .gz}
 * @param output where the scores go, likewise; overwritten
 * @param engine id of the engine
 * @param settings threshold, direction and the rest
 * @param clock for files without timestamps: when the first row was and how far apart rows are
 */
public record ScoreRequest(
        Path input,
        Path output,
        String engine,
        DetectionSettings settings,
        Optional<RowClock> clock) {
    /**
     * Timestamps of rows that have none.
     *
     * @param start time of the first row
     * @param step time between rows, at least a millisecond
     */
    public record RowClock(Instant start, Duration step) {
        /**
         * Validates the step.
         *
         * @throws IllegalArgumentException when it is under a millisecond; the message holds it
         */
        public RowClock {
            if (step.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "step must be a millisecond or more, is " + step);
            }
        }
    }
}
