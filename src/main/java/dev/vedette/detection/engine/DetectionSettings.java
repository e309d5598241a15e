package dev.vedette.detection.engine;

import java.time.ZoneId;

/**
 * What a tenant may set about the detection of a series, whatever the engine.
 *
 * @param threshold alarm score from which an anomaly opens, in (0,1]
 * @param direction which side of the usual range counts
 * @param minAbsoluteDeviation least distance from the expected value that counts, in the series'
 *     unit, 0 or more
 * @param minRelativeDeviation the same as a share of the expected value's size, 0 or more
 * @param zone the zone whose days and weeks the seasons follow
 * @param holidays days that may go like weekends
 */
public record DetectionSettings(
        double threshold,
        Direction direction,
        double minAbsoluteDeviation,
        double minRelativeDeviation,
        ZoneId zone,
        Holidays holidays) {
    /** Which side of the usual range counts. */
    public enum Direction {
        /** Only values above it. */
        ABOVE,
        /** Only values below it. */
        BELOW,
        /** Both. */
        BOTH
    }

    /** The settings of a series for which none were made. */
    public static final DetectionSettings DEFAULT =
            new DetectionSettings(0.6, Direction.BOTH, 0, 0, ZoneId.of("UTC"));

    /** Without holidays. */
    public DetectionSettings(
            double threshold,
            Direction direction,
            double minAbsoluteDeviation,
            double minRelativeDeviation,
            ZoneId zone) {
        this(threshold, direction, minAbsoluteDeviation, minRelativeDeviation, zone, Holidays.NONE);
    }

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a number is out of its range; the message holds it
     */
    public DetectionSettings {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "threshold must be above 0 and at most 1, is " + threshold);
        }
        if (!(minAbsoluteDeviation >= 0) || !(minRelativeDeviation >= 0)) {
            throw new IllegalArgumentException(
                    "minimum deviations must be 0 or more, are "
                            + minAbsoluteDeviation
                            + " and "
                            + minRelativeDeviation);
        }
    }

    /** Whether that value lies on a side of the expected one that counts. */
    public boolean isOnSide(double value, double expected) {
        return switch (direction) {
            case ABOVE -> value > expected;
            case BELOW -> value < expected;
            case BOTH -> true;
        };
    }

    /** The least distance from that expected value that counts, in the series' unit. */
    public double leastDeviation(double expected) {
        return Math.max(minAbsoluteDeviation, minRelativeDeviation * Math.abs(expected));
    }
}
