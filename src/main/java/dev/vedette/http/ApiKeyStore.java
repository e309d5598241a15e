package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where API keys are kept. Only {@link #find(String)} and {@link #touch} cross tenants. */
public interface ApiKeyStore {
    /**
     * A key and the hash of its secret.
     *
     * @param key the key
     * @param hash SHA-256 of the secret's text, 32 bytes; not modified
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual only
    record Stored(ApiKey key, byte[] hash) {}

    /** Adds a key; its id is new. */
    Uni<Void> insert(Stored key);

    /** The key of that id, whoever's it is: the first step of authentication. */
    Uni<Optional<Stored>> find(String id);

    /** The tenant's key of that id. */
    Uni<Optional<ApiKey>> find(TenantId tenant, String id);

    /**
     * The tenant's keys by id, revoked and expired ones too.
     *
     * @param after only ids after that one; empty from the start
     * @param limit most keys
     */
    Uni<List<ApiKey>> list(TenantId tenant, Optional<String> after, int limit);

    /**
     * Revokes a key; one that is revoked keeps its time.
     *
     * @return whether the tenant has such a key
     */
    Uni<Boolean> revoke(TenantId tenant, String id, Instant at);

    /**
     * Makes a key expire at that time if it would not expire before.
     *
     * @return whether the tenant has such a key
     */
    Uni<Boolean> expire(TenantId tenant, String id, Instant at);

    /** Notes that the key was used. */
    Uni<Void> touch(String id, Instant at);
}
