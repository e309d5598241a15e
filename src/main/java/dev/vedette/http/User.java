package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.time.Instant;

/**
 * A person who signs in with a password.
 *
 * @param tenant whose user
 * @param name unique in the tenant, 1 to 200 characters, lower case
 * @param role a step of the viewer-to-admin ladder
 * @param isDisabled whether sign-in is refused
 * @param createdAt when it was made
 */
public record User(
        TenantId tenant, String name, Role role, boolean isDisabled, Instant createdAt) {}
