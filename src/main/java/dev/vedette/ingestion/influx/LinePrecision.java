package dev.vedette.ingestion.influx;

import java.util.Optional;

/** The unit of a line's time. */
public enum LinePrecision {
    /** Nanoseconds, the default. */
    NANOSECONDS(1_000_000, 1),
    /** Microseconds. */
    MICROSECONDS(1_000, 1),
    /** Milliseconds. */
    MILLISECONDS(1, 1),
    /** Seconds. */
    SECONDS(1, 1_000),
    /** Minutes; version 1 only. */
    MINUTES(1, 60_000),
    /** Hours; version 1 only. */
    HOURS(1, 3_600_000);

    private final long divisor;
    private final long factor;

    LinePrecision(long divisor, long factor) {
        this.divisor = divisor;
        this.factor = factor;
    }

    /** The precision of that name in versions 1 or 2; empty when there is none. */
    public static Optional<LinePrecision> of(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "", "n", "ns" -> NANOSECONDS;
                    case "u", "us", "µ" -> MICROSECONDS;
                    case "ms" -> MILLISECONDS;
                    case "s" -> SECONDS;
                    case "m" -> MINUTES;
                    case "h" -> HOURS;
                    default -> null;
                });
    }

    /**
     * Milliseconds since 1970, rounded down; what does not fit is the farthest future or past,
     * which no admission lets through.
     */
    long millis(long time) {
        long whole = Math.floorDiv(time, divisor);
        long high = Math.multiplyHigh(whole, factor);
        long low = whole * factor;
        boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
        return fits ? low : whole > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
