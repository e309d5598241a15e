package dev.vedette.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads tenant, roles and name out of the claims of a verified token.
 *
 * @param tenant the claim of the tenant, or a path with dots
 * @param defaultTenant whose the token is when it names none
 * @param allowedTenants the only ones it may name; empty for all
 * @param roles the claim of the roles, or a path with dots
 * @param mapping the role of each value of that claim; empty where values are names of roles
 * @param names the claims that may hold the name, best first
 */
public record ClaimRules(
        String tenant,
        Optional<TenantId> defaultTenant,
        Set<String> allowedTenants,
        String roles,
        Map<String, Role> mapping,
        List<String> names) {
    private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_NAME = 200;

    /** Copies what it is given. */
    public ClaimRules {
        allowedTenants = Set.copyOf(allowedTenants);
        mapping = Map.copyOf(mapping);
        names = List.copyOf(names);
    }

    /** The claims of a token whose signature was verified. */
    private static JsonNode claimsOf(String token) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rules of the service's own tokens. */
    static final ClaimRules OWN =
            new ClaimRules("tenant", Optional.empty(), Set.of(), "groups", Map.of(), NAMES);

    /**
     * The rules of those settings.
     *
     * @param prefix of the settings, for the error
     * @throws IllegalArgumentException when a mapping is no {@code value=role} or the tenant has no
     *     valid id
     */
    public static ClaimRules of(ClaimsConfig config, String prefix) {
        return new ClaimRules(
                config.tenant(),
                config.defaultTenant().map(TenantId::new),
                config.allowedTenants().orElse(Set.of()),
                config.roles(),
                mapping(config.roleMapping().orElse(List.of()), prefix),
                config.name().map(List::of).orElse(NAMES));
    }

    /**
     * The caller of a token. Without roles it may do nothing.
     *
     * @param token its signature was verified
     * @throws RefusedClaimsException when the claims name no tenant, one that is not allowed, or
     *     nobody
     */
    public Caller caller(String token, Caller.Credential credential) {
        JsonNode claims = claimsOf(token);
        Set<Role> granted = granted(claims);
        Optional<TenantId> whose = tenantOf(claims);
        String name =
                names.stream()
                        .map(claim -> text(at(claims, claim)))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .filter(text -> text.length() <= LONGEST_NAME)
                        .orElseThrow(() -> refused(RefusedClaimsException.Reason.NO_NAME, names));
        if (whose.isEmpty() && !granted.equals(Set.of(Role.PLATFORM_ADMIN))) {
            throw refused(RefusedClaimsException.Reason.NO_TENANT, tenant);
        }
        return new Caller(whose, name, granted, credential);
    }

    private Optional<TenantId> tenantOf(JsonNode claims) {
        Optional<String> named = text(at(claims, tenant));
        if (named.isEmpty()) {
            return defaultTenant;
        }
        if (!allowedTenants.isEmpty() && !allowedTenants.contains(named.get())) {
            throw refused(RefusedClaimsException.Reason.OTHER_TENANT, tenant);
        }
        try {
            return named.map(TenantId::new);
        } catch (IllegalArgumentException e) {
            throw refused(RefusedClaimsException.Reason.OTHER_TENANT, tenant);
        }
    }

    // values of an identity provider that mean nothing here grant nothing here
    private Set<Role> granted(JsonNode claims) {
        JsonNode values = at(claims, roles);
        Set<Role> granted = new HashSet<>();
        for (JsonNode value : values.isArray() ? values : List.of(values)) {
            text(value).flatMap(this::role).ifPresent(granted::add);
        }
        return granted;
    }

    private Optional<Role> role(String value) {
        return mapping.isEmpty() ? Role.ofClaim(value) : Optional.ofNullable(mapping.get(value));
    }

    private static JsonNode at(JsonNode claims, String claim) {
        JsonNode found = claims.path(claim);
        if (found.isMissingNode()) {
            found = claims;
            for (String step : claim.split("\\.", -1)) {
                found = found.path(step);
            }
        }
        return found;
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.of(value)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }

    private static Map<String, Role> mapping(List<String> pairs, String prefix) {
        Map<String, Role> mapping = new HashMap<>();
        for (String pair : pairs) {
            int last = pair.lastIndexOf('=');
            Role role =
                    Role.ofClaim(pair.substring(last + 1).strip())
                            .filter(known -> last > 0)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            prefix
                                                    + ".role-mapping must be value=role with a"
                                                    + " role of this service, is '"
                                                    + pair
                                                    + "'"));
            mapping.put(pair.substring(0, last).strip(), role);
        }
        return mapping;
    }

    private static RefusedClaimsException refused(
            RefusedClaimsException.Reason reason, Object claims) {
        return new RefusedClaimsException(reason, String.valueOf(claims));
    }
}
