package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes, replaces and revokes API keys of a tenant. */
@ApplicationScoped
public class ApiKeys {
    /** The most keys of a tenant, revoked ones counted. */
    public static final int MOST = 1000;

    private final ApiKeyStore store;
    private final ApiKeyVerifier verifier;
    private final Audit audit;
    private final InstantSource clock;

    ApiKeys(ApiKeyStore store, ApiKeyVerifier verifier, Audit audit, InstantSource clock) {
        this.store = store;
        this.verifier = verifier;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A key that was just made.
     *
     * @param key the key
     * @param secret known here only
     */
    public record Created(ApiKey key, ApiKeySecret secret) {}

    /**
     * Makes a key of the caller's tenant.
     *
     * @param roles at least one, never platform-admin
     * @param expiresAt in the future
     * @return fails with {@link ProblemException}: {@link ProblemKind#INVALID_REQUEST} when it
     *     would expire in the past, {@link ProblemKind#CONFLICT} when there are {@value #MOST} keys
     */
    public Uni<Created> create(
            Caller caller, String name, Set<Role> roles, Optional<Instant> expiresAt) {
        Instant now = clock.instant();
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            throw ProblemException.invalid(
                    "/expires_at",
                    "in_the_past",
                    "expires_at is " + expiresAt.get() + ", which is past",
                    "send a later time or leave it out");
        }
        TenantId tenant = caller.tenant().orElseThrow();
        ApiKeySecret secret = ApiKeySecret.generate();
        ApiKey key =
                new ApiKey(
                        secret.id(),
                        tenant,
                        name.strip(),
                        roles,
                        caller.subject(),
                        now,
                        expiresAt,
                        Optional.empty(),
                        Optional.empty());
        return refuseTooMany(tenant)
                .chain(() -> store.insert(new ApiKeyStore.Stored(key, secret.hash())))
                .invoke(() -> audit.done(caller, "api_key.create", key.id()))
                .replaceWith(new Created(key, secret));
    }

    /** The tenant's keys by id, after that id. */
    public Uni<List<ApiKey>> list(TenantId tenant, Optional<String> after, int limit) {
        return store.list(tenant, after, limit);
    }

    /**
     * Revokes a key of the caller's tenant.
     *
     * @return fails with {@link ProblemException} {@link ProblemKind#NOT_FOUND} when the tenant has
     *     none of that id
     */
    public Uni<Void> revoke(Caller caller, String id) {
        return store.revoke(caller.tenant().orElseThrow(), id, clock.instant())
                .map(isThere -> required(id, isThere))
                .invoke(() -> {
                    verifier.forget(id);
                    audit.done(caller, "api_key.revoke", id);
                })
                .replaceWithVoid();
    }

    /**
     * Makes a key with the name and roles of another and lets that one end after the overlap.
     *
     * @return fails with {@link ProblemException}: {@link ProblemKind#NOT_FOUND} when the tenant
     *     has none of that id, {@link ProblemKind#CONFLICT} when it is not live any more
     */
    public Uni<Created> rotate(Caller caller, String id, Duration overlap) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.find(tenant, id)
                .map(found -> found.orElseThrow(() -> ProblemException.notFound("API key", id)))
                .invoke(this::refuseDead)
                .chain(old -> create(caller, old.name(), old.roles(), Optional.empty()))
                .call(() -> store.expire(tenant, id, clock.instant().plus(overlap)))
                .invoke(() -> {
                    verifier.forget(id);
                    audit.done(caller, "api_key.rotate", id);
                });
    }

    private void refuseDead(ApiKey key) {
        if (!key.isLive(clock.instant())) {
            throw ProblemException.of(
                    ProblemKind.CONFLICT,
                    "API key '" + key.id() + "' is expired or revoked; make a new one");
        }
    }

    private Uni<Void> refuseTooMany(TenantId tenant) {
        return store.list(tenant, Optional.empty(), MOST)
                .invoke(keys -> {
                    if (keys.size() >= MOST) {
                        throw ProblemException.of(
                                ProblemKind.CONFLICT,
                                "the tenant has " + MOST + " API keys already");
                    }
                })
                .replaceWithVoid();
    }

    private static boolean required(String id, boolean isThere) {
        if (!isThere) {
            throw ProblemException.notFound("API key", id);
        }
        return true;
    }
}
