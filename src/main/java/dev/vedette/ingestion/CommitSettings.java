package dev.vedette.ingestion;

import java.time.Duration;

/**
 * How requests share commits.
 *
 * @param lanes writers to the log at the same time, at least 1
 * @param maxPointsPerCommit points after which a commit starts without waiting longer; a request
 *     may pass it
 * @param maxQueuedBytes most bytes waiting or being written
 * @param maxTenantBytes most of them of one tenant
 * @param timeout after which a commit counts as failed
 */
public record CommitSettings(
        int lanes,
        int maxPointsPerCommit,
        long maxQueuedBytes,
        long maxTenantBytes,
        Duration timeout) {
    /** Two lanes, 60 000 points, 64 MiB, half of it for one tenant, 30 seconds. */
    public static final CommitSettings DEFAULT =
            new CommitSettings(2, 60_000, 64L << 20, 32L << 20, Duration.ofSeconds(30));

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when there is no lane or a bound is not above 0
     */
    public CommitSettings {
        if (lanes < 1 || maxPointsPerCommit < 1 || maxQueuedBytes < 1 || maxTenantBytes < 1) {
            throw new IllegalArgumentException(
                    "lanes and bounds of group commit must be above 0, are lanes="
                            + lanes
                            + " points="
                            + maxPointsPerCommit
                            + " bytes="
                            + maxQueuedBytes
                            + " tenant bytes="
                            + maxTenantBytes);
        }
    }
}
