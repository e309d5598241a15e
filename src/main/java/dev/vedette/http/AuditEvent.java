package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One change that somebody made.
 *
 * @param id identifies it
 * @param at when
 * @param tenant whose credential; empty for the platform's administrator
 * @param subject who: a user's name, or {@code key:<id>} of an API key
 * @param credential by which kind of credential; empty when a job did what somebody asked for
 * @param action what was done, as {@code <kind>.<verb>}
 * @param object to what: an id or a name, never a secret
 * @param requestId of the request that did it; empty when there was none
 */
public record AuditEvent(
        UUID id,
        Instant at,
        Optional<TenantId> tenant,
        String subject,
        Optional<Caller.Credential> credential,
        String action,
        String object,
        Optional<String> requestId) {}
