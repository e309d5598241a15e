package dev.vedette.transaction;

import dev.vedette.tenant.TenantId;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Instant;
import java.util.Optional;

/**
 * A transaction as it was taken in.
 *
 * @param tenant whose, from the credential
 * @param transaction what the schema accepted
 * @param receivedAt when it came in
 * @param dayPart which part of the tenant's day it happened in
 * @param schemaVersion the tenant's schema that accepted it; 0 while it has none of its own
 * @param trace where the trace of its request goes on, when that is recorded
 */
public record ReceivedTransaction(
        TenantId tenant,
        Transaction transaction,
        Instant receivedAt,
        DayPart dayPart,
        int schemaVersion,
        Optional<SpanContext> trace) {
    /** One of a request that is not recorded. */
    public ReceivedTransaction(
            TenantId tenant,
            Transaction transaction,
            Instant receivedAt,
            DayPart dayPart,
            int schemaVersion) {
        this(tenant, transaction, receivedAt, dayPart, schemaVersion, Optional.empty());
    }

    /** The same, its trace going on at that place. */
    public ReceivedTransaction under(Optional<SpanContext> place) {
        return new ReceivedTransaction(
                tenant, transaction, receivedAt, dayPart, schemaVersion, place);
    }

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
