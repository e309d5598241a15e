package dev.vedette.ingestion.source;

import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;

/** How far a tenant's points reach; lets a feed resume where it was stopped. */
public interface StoredUpTo {
    /**
     * Time of the newest stored point of the tenant's series; empty when there is none. Reads one
     * point of every series, so it is meant for starts, not for every tick. Blocking.
     *
     * @throws RuntimeException when the database cannot be reached; retrying helps
     */
    Optional<Instant> newest(TenantId tenant);
}
