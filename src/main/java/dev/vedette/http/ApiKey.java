package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An API key as stored, without its secret.
 *
 * @param id the key's id, part of its secret's text
 * @param tenant whose key
 * @param name what people call it, 1 to 200 characters
 * @param roles what it may do; never platform-admin, at least one
 * @param createdBy the subject that made it
 * @param createdAt when it was made
 * @param expiresAt from when it is refused; empty when it does not expire by itself
 * @param lastUsedAt when it was last used, written lazily: up to a minute late
 * @param revokedAt from when it is refused because someone revoked it
 */
public record ApiKey(
        String id,
        TenantId tenant,
        String name,
        Set<Role> roles,
        String createdBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {
    /** Copies the roles. */
    public ApiKey {
        roles = Set.copyOf(roles);
    }

    /** Whether the key is accepted at that time: neither expired nor revoked. */
    public boolean isLive(Instant at) {
        return expiresAt.map(at::isBefore).orElse(true) && revokedAt.map(at::isBefore).orElse(true);
    }

    /** The same key, refused from that time on. */
    public ApiKey expiringAt(Instant at) {
        return new ApiKey(
                id,
                tenant,
                name,
                roles,
                createdBy,
                createdAt,
                Optional.of(at),
                lastUsedAt,
                revokedAt);
    }

    /** The same key, last used at that time. */
    public ApiKey usedAt(Instant at) {
        return new ApiKey(
                id,
                tenant,
                name,
                roles,
                createdBy,
                createdAt,
                expiresAt,
                Optional.of(at),
                revokedAt);
    }

    /** The same key, revoked at that time. */
    public ApiKey revokedAt(Instant at) {
        return new ApiKey(
                id,
                tenant,
                name,
                roles,
                createdBy,
                createdAt,
                expiresAt,
                lastUsedAt,
                Optional.of(at));
    }
}
