package dev.vedette.transaction.intake;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schemas of a tenant's transactions, all versions. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface SchemaStore {
    /**
     * A stored schema.
     *
     * @param schema the schema, with its version
     * @param author who stored it
     * @param at when
     */
    record Stored(TransactionSchema schema, String author, Instant at) {}

    /** The one that holds; empty when the tenant has none of its own. */
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
            TenantId tenant, TransactionSchema schema, int expected, String author, Instant at);
}
