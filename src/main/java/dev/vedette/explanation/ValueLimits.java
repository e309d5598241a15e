package dev.vedette.explanation;

import java.util.Optional;

/**
 * What values of a unit cannot leave: no count is below zero, no percentage above a hundred. What a
 * detector finds usual is a middle with as much room above as below, so that it reaches beyond;
 * people are shown the part that can be.
 *
 * @param least values are never below it; negative infinity when they may be
 * @param most values are never above it; infinity when they may be
 */
public record ValueLimits(double least, double most) {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** Of values that may be anything. */
    public static final ValueLimits NONE = new ValueLimits(-INFINITE, INFINITE);

    static final ValueLimits NOT_NEGATIVE = new ValueLimits(0, INFINITE);

    /** The limits of that unit, as clients send it; none for an unknown one. */
    public static ValueLimits of(Optional<String> unit) {
        return Unit.of(unit).limits();
    }

    /**
     * The lower end of a usual range within these limits; unchanged for a series whose whole range
     * lies beyond them, as of a clock that is some milliseconds behind. NaN stays NaN.
     */
    public double lower(double lower, double upper) {
        return upper >= least ? Math.max(lower, least) : lower;
    }

    /** The upper end, likewise. */
    public double upper(double lower, double upper) {
        return lower <= most ? Math.min(upper, most) : upper;
    }
}
