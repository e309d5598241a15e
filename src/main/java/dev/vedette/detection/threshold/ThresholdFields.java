package dev.vedette.detection.threshold;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import java.util.Optional;

/**
 * What a rule sets; an absent field is left to less specific rules.
 *
 * @param threshold alarm score from which an anomaly opens, in (0,1]
 * @param alarmsPerWeek the same as a budget, see {@link AlarmBudget}; excludes {@code threshold}
 * @param direction which side of the usual range counts
 * @param minAbsoluteDeviation least distance from the expected value that counts, in the series'
 *     unit, 0 or more
 * @param minRelativeDeviation the same as a share of the expected value's size, 0 or more
 * @param engine id of the engine that judges
 */
public record ThresholdFields(
        Optional<Double> threshold,
        Optional<Double> alarmsPerWeek,
        Optional<Direction> direction,
        Optional<Double> minAbsoluteDeviation,
        Optional<Double> minRelativeDeviation,
        Optional<String> engine) {
    /** Sets nothing. */
    public static final ThresholdFields NONE =
            new ThresholdFields(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /**
     * Validates.
     *
     * @throws IllegalArgumentException when a number is out of its range, or both threshold and
     *     budget are there; the message holds the value
     */
    public ThresholdFields {
        if (threshold.isPresent() && alarmsPerWeek.isPresent()) {
            throw new IllegalArgumentException(
                    "threshold and alarms_per_week say the same thing twice");
        }
        threshold.ifPresent(value -> require("threshold", value, value > 0 && value <= 1));
        alarmsPerWeek.ifPresent(value ->
                require(
                        "alarms_per_week",
                        value,
                        value >= AlarmBudget.LEAST && value <= AlarmBudget.MOST));
        minAbsoluteDeviation.ifPresent(
                value -> require("min_absolute_deviation", value, isSize(value)));
        minRelativeDeviation.ifPresent(
                value -> require("min_relative_deviation", value, isSize(value)));
    }

    private static boolean isSize(double value) {
        return value >= 0 && Double.isFinite(value);
    }

    private static void require(String what, double value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is out of its range, is " + value);
        }
    }

    /** Whether nothing is set. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The threshold, given as such or as a budget by that scale. */
    public Optional<Double> anyThreshold(AlarmBudget scale) {
        return threshold.or(() -> alarmsPerWeek.map(scale::threshold));
    }

    /** The same without all but the threshold or its budget. */
    ThresholdFields thresholdOnly() {
        return new ThresholdFields(
                threshold,
                alarmsPerWeek,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Only those gates. */
    static ThresholdFields gates(Optional<Direction> direction, double absolute, double relative) {
        return new ThresholdFields(
                Optional.empty(),
                Optional.empty(),
                direction,
                absolute > 0 ? Optional.of(absolute) : Optional.empty(),
                relative > 0 ? Optional.of(relative) : Optional.empty(),
                Optional.empty());
    }
}
