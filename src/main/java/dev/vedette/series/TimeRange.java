package dev.vedette.series;

import java.time.Duration;
import java.time.Instant;

/**
 * A half-open stretch of time: {@code from} is in it, {@code to} is not.
 *
 * @param from its start, inclusive
 * @param to its end, exclusive, not before {@code from}
 */
public record TimeRange(Instant from, Instant to) {
    /**
     * Validates the order.
     *
     * @throws IllegalArgumentException when {@code to} is before {@code from}
     */
    public TimeRange {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "time range must not end before it starts, is " + from + " to " + to);
        }
    }

    /** How long it is. */
    public Duration duration() {
        return Duration.between(from, to);
    }

    /** Whether the instant lies in it. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}
