package dev.vedette.tenant;

import java.time.Duration;

/**
 * What one tenant may use. Every limit has an end: there is no "unlimited".
 *
 * @param maxSeries most series the tenant may have, above 0
 * @param maxPointsPerSecond sustained points per second it may send, above 0
 * @param retention how long its points are kept, at least one hour
 */
public record TenantLimits(int maxSeries, int maxPointsPerSecond, Duration retention) {
    /**
     * The limits of a tenant for which none were set: a million series, 200 000 points a second, 90
     * days.
     */
    public static final TenantLimits DEFAULT =
            new TenantLimits(1_000_000, 200_000, Duration.ofDays(90));

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a limit is out of its range; the message holds the
     *     value
     */
    public TenantLimits {
        if (maxSeries <= 0) {
            throw new IllegalArgumentException("max series must be above 0, is " + maxSeries);
        }
        if (maxPointsPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "max points per second must be above 0, is " + maxPointsPerSecond);
        }
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("retention must be at least PT1H, is " + retention);
        }
    }
}
