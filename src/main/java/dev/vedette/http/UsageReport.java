package dev.vedette.http;

import java.time.Duration;

/**
 * What a tenant uses against what it may.
 *
 * @param series how many it has
 * @param pointsPerSecond mean of the last 24 hours
 * @param bytesPerDay that points of the last 24 hours take, without indexes and roll-ups
 * @param estimatedBytes of all that is kept, if every day was like the last
 * @param retention how long points are kept
 * @param anomalies that began during the last 24 hours
 * @param openIncidents right now
 * @param messages about alerts delivered during the last 24 hours
 */
public record UsageReport(
        Quota series,
        Quota pointsPerSecond,
        long bytesPerDay,
        long estimatedBytes,
        Duration retention,
        long anomalies,
        long openIncidents,
        long messages) {
    /**
     * Something against its limit.
     *
     * @param used of it
     * @param limit most of it, above 0
     */
    public record Quota(double used, double limit) {
        /** Used over limit. */
        public double ratio() {
            return used / limit;
        }
    }
}
