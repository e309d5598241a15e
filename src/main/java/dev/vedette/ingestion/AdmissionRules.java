package dev.vedette.ingestion;

import java.time.Duration;
import java.util.Optional;

/**
 * What admission checks against.
 *
 * @param maxAhead how far ahead of the service's clock a point may lie, zero or more
 * @param maxAge how old a point may be; empty means any age, so that imports of old data work
 * @param maxErrors most refusals told one by one, zero or more; all are counted
 */
public record AdmissionRules(Duration maxAhead, Optional<Duration> maxAge, int maxErrors) {
    /** Ten minutes ahead, any age, 100 refusals told. */
    public static final AdmissionRules DEFAULT =
            new AdmissionRules(Duration.ofMinutes(10), Optional.empty(), 100);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a limit is negative; the message holds the value
     */
    public AdmissionRules {
        if (maxAhead.isNegative() || maxErrors < 0) {
            throw new IllegalArgumentException(
                    "max-ahead and max-errors must not be negative, are "
                            + maxAhead
                            + " and "
                            + maxErrors);
        }
    }
}
