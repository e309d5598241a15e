package dev.vedette.http;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the claims of an identity provider are read; {@link ClaimRules} reads them. */
public interface ClaimsConfig {
    /**
     * The claim that names the tenant. A name with dots is looked up as it is first, then as a path
     * into objects.
     */
    @WithDefault("tenant")
    String tenant();

    /** The tenant of everybody whose claims name none; absent: the claim is required. */
    Optional<String> defaultTenant();

    /** The only tenants that the provider may speak for; absent: all. */
    Optional<Set<String>> allowedTenants();

    /** The claim that lists roles or groups, such as {@code realm_access.roles}. */
    @WithDefault("groups")
    String roles();

    /**
     * What grants which role, such as {@code ops-leads=admin,ops=editor}. Absent: a value that is
     * the name of a role grants it. Values that are not listed grant nothing.
     */
    Optional<List<String>> roleMapping();

    /** The claim that becomes the user's name; absent: upn, preferred_username or sub. */
    Optional<String> name();
}
