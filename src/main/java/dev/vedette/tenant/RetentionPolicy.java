package dev.vedette.tenant;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a tenant keeps what; absent: as the service is set.
 *
 * @param points points as they were sent; never longer than {@link TenantLimits#retention()}
 * @param fineRollups their minimum, maximum, mean, count and last at 5 minutes
 * @param hourlyRollups the same at an hour
 * @param anomalies anomalies and scores
 */
public record RetentionPolicy(
        Optional<Duration> points,
        Optional<Duration> fineRollups,
        Optional<Duration> hourlyRollups,
        Optional<Duration> anomalies) {
    /** Everything as the service is set. */
    public static final RetentionPolicy DEFAULT =
            new RetentionPolicy(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a time is below an hour or above 100 years; the message
     *     holds it
     */
    public RetentionPolicy {
        check("points", points);
        check("fine_rollups", fineRollups);
        check("hourly_rollups", hourlyRollups);
        check("anomalies", anomalies);
    }

    private static void check(String what, Optional<Duration> kept) {
        if (kept.isPresent()
                && (kept.get().compareTo(SHORTEST) < 0 || kept.get().compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    what + " must be kept between PT1H and P36500D, is " + kept.get());
        }
    }
}
