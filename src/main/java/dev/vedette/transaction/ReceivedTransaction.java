package dev.vedette.transaction;

import dev.vedette.tenant.TenantId;
import java.time.Instant;

/**
 * A transaction as it was taken in.
 *
 * @param tenant whose, from the credential
 * @param transaction what the schema accepted
 * @param receivedAt when it came in
 * @param dayPart which part of the tenant's day it happened in
 * @param schemaVersion the tenant's schema that accepted it; 0 while it has none of its own
 */
public record ReceivedTransaction(
        TenantId tenant,
        Transaction transaction,
        Instant receivedAt,
        DayPart dayPart,
        int schemaVersion) {
    /** What makes it known. */
    public Key key() {
        return new Key(tenant, transaction.id());
    }

    /**
     * Names a transaction.
     *
     * @param tenant whose
     * @param id {@link Transaction#id()}
     */
    public record Key(TenantId tenant, String id) {}
}
