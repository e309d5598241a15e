package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, as the credential says.
 *
 * @param tenant whose data; empty only for a platform administrator
 * @param subject the user's name or {@code key:<id>} of the API key
 * @param roles what the credential grants, as granted: lower steps of the ladder are not spelled
 *     out
 * @param credential by which kind of credential
 */
public record Caller(
        Optional<TenantId> tenant, String subject, Set<Role> roles, Credential credential) {
    /** The kinds of credential. */
    public enum Credential {
        /** {@code Authorization: Bearer} with a JWT. */
        TOKEN,
        /** An API key, by {@code Authorization} or {@code X-API-Key}. */
        API_KEY,
        /** The dashboard's session cookie; the only one a browser sends by itself. */
        SESSION
    }

    /**
     * Copies the roles.
     *
     * @throws IllegalArgumentException when there is no tenant and a role that needs one
     */
    public Caller {
        roles = Set.copyOf(roles);
        if (tenant.isEmpty() && !roles.equals(Set.of(Role.PLATFORM_ADMIN))) {
            throw new IllegalArgumentException(
                    "a credential without tenant may only hold platform-admin, holds " + roles);
        }
    }

    /** Whether the credential may do what that role may. */
    public boolean may(Role role) {
        return roles.stream().anyMatch(own -> own.includes(role));
    }

    /**
     * Holds a tenant that the request names beside its credential against the credential's.
     *
     * @throws ProblemException {@link ProblemKind#TENANT_MISMATCH} when it is another one; the
     *     answer is the same whether that tenant exists or not
     */
    void requireTenant(String named) {
        String own = tenant.map(TenantId::value).orElse("");
        if (!own.equals(named)) {
            throw ProblemException.of(
                    ProblemKind.TENANT_MISMATCH,
                    "the credential belongs to tenant '"
                            + own
                            + "'; leave the tenant out, it comes from the credential");
        }
    }
}
