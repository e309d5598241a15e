package dev.vedette.explanation;

import java.util.Optional;

/**
 * What values of a unit can be: no count is below zero or a half, no percentage above a hundred.
 * What a detector finds usual is a middle with as much room above as below, so that it reaches
 * beyond; people are shown the part that can be.
 *
 * @param least values are never below it; negative infinity when they may be
 * @param most values are never above it; infinity when they may be
 * @param whole whether they are whole numbers
 */
public record ValueLimits(double least, double most, boolean whole) {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** Of values that may be anything. */
    public static final ValueLimits NONE = new ValueLimits(-INFINITE, INFINITE, false);

    static final ValueLimits NOT_NEGATIVE = new ValueLimits(0, INFINITE, false);
    static final ValueLimits COUNTED = new ValueLimits(0, INFINITE, true);
    static final ValueLimits PERCENT = new ValueLimits(0, 100, false);

    /** The limits of that unit, as clients send it; none for an unknown one. */
    public static ValueLimits of(Optional<String> unit) {
        return Unit.of(unit).limits();
    }

    /**
     * The lower end of a usual range within these limits; unchanged for a series whose whole range
     * lies beyond them, as of a clock that is some milliseconds behind. NaN stays NaN.
     */
    public double lower(double lower, double upper) {
        double end = upper >= least ? Math.max(lower, least) : lower;
        return whole ? Math.ceil(end) : end;
    }

    /** The upper end, likewise; never below the lower one. */
    public double upper(double lower, double upper) {
        double end = lower <= most ? Math.min(upper, most) : upper;
        return whole ? Math.max(lower(lower, upper), Math.floor(end)) : end;
    }
}
