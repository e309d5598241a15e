package dev.vedette.ingestion;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a unit says about its values.
 *
 * @param lowest least value, inclusive
 * @param highest greatest value, inclusive
 */
record UnitBounds(double lowest, double highest) {
    private static final UnitBounds ANY =
            new UnitBounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final UnitBounds PERCENT = new UnitBounds(0, 100);
    private static final UnitBounds NOT_NEGATIVE = new UnitBounds(0, Double.POSITIVE_INFINITY);

    private static final Map<String, UnitBounds> BY_UNIT =
            Map.of("percent", PERCENT, "%", PERCENT, "count", NOT_NEGATIVE, "counts", NOT_NEGATIVE);

    /** The bounds of that unit, in any case; no bounds for a unit that says nothing. */
    static UnitBounds of(Optional<String> unit) {
        return unit.map(name -> BY_UNIT.getOrDefault(name.toLowerCase(Locale.ROOT), ANY))
                .orElse(ANY);
    }

    boolean contains(double value) {
        return value >= lowest && value <= highest;
    }

    /** The range in words, for a refusal. */
    @Override
    public String toString() {
        return Double.isInfinite(highest) ? "0 or more" : lowest + " to " + highest;
    }
}
