package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.feature.FeatureSet;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Declarations of features, all versions. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface FeatureStore {
    /**
     * Stored ones.
     *
     * @param declared with their version
     * @param author who stored them
     * @param at when
     */
    record Stored(FeatureDeclarations declared, String author, Instant at) {}

    /** Those that hold; empty when the tenant declared none. */
    Uni<Optional<Stored>> current(TenantId tenant);

    /** All of them, newest first. */
    Uni<List<Stored>> versions(TenantId tenant);

    /**
     * Stores the next version.
     *
     * @param expected the version that must hold now, 0 for none
     * @return what was stored; empty when another version holds
     */
    Uni<Optional<Stored>> put(
            TenantId tenant, FeatureSet set, int expected, String author, Instant at);
}
