package dev.vedette.timescale;

import dev.vedette.detection.Lease;
import java.time.Duration;
import java.util.Set;

/**
 * Leases of an owner that one statement renewed.
 *
 * @param leases which
 * @param at nanoseconds of this process's clock, before it did
 */
record RenewedLeases(Set<Lease> leases, long at) {
    /** None yet. */
    static RenewedLeases none() {
        return new RenewedLeases(Set.of(), System.nanoTime());
    }

    /** Whether that one holds for another two thirds of a {@code ttl} at least. */
    boolean holds(Lease lease, Duration ttl) {
        return leases.contains(lease) && System.nanoTime() - at < ttl.dividedBy(3).toNanos();
    }
}
