package dev.vedette.http;

import dev.vedette.tenant.Role;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the request's credential and verifies it: {@code Authorization: Bearer} with a JWT or an
 * API key, {@code Token} or {@code Basic} with an API key, {@code X-API-Key}, or the dashboard's
 * session cookie. A header wins over the cookie; two headers at once are refused, because which one
 * counts would be a guess.
 */
@ApplicationScoped
public class CredentialMechanism implements HttpAuthenticationMechanism {
    /** The header of an API key. */
    public static final String API_KEY_HEADER = "X-API-Key";

    // the second is what Prometheus senders use towards other multi-tenant stores
    private static final List<String> TENANT_HEADERS = List.of("X-Tenant-Id", "X-Scope-OrgID");

    private static final String BEARER = "Bearer ";

    // as clients of InfluxDB 2 and 1 send them; both carry API keys only
    private static final String TOKEN = "Token ";
    private static final String BASIC = "Basic ";

    private static final String CALLER = Caller.class.getName();

    private final TokenVerifier tokens;
    private final ApiKeyVerifier keys;

    CredentialMechanism(TokenVerifier tokens, ApiKeyVerifier keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    /** The caller that was found for the request; null before authentication or without one. */
    static @Nullable Caller callerOf(RoutingContext context) {
        return context.get(CALLER);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviders) {
        Uni<Caller> caller = caller(context);
        if (caller == null) {
            return Uni.createFrom().nullItem();
        }
        return caller.invoke(found -> refuseOtherTenant(context, found))
                .invoke(found -> context.put(CALLER, found))
                .map(CredentialMechanism::identity);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    // null when the request carries no credential at all
    private @Nullable Uni<Caller> caller(RoutingContext context) {
        List<String> authorizations = context.request().headers().getAll("Authorization");
        List<String> apiKeys = context.request().headers().getAll(API_KEY_HEADER);
        if (authorizations.size() + apiKeys.size() > 1) {
            return refuse("the request carries more than one credential");
        }
        if (!apiKeys.isEmpty()) {
            return keys.verify(apiKeys.getFirst().strip());
        }
        if (!authorizations.isEmpty()) {
            return authorization(authorizations.getFirst());
        }
        String session = SessionCookie.read(context);
        if (session == null) {
            return null;
        }
        SessionCookie.refuseCrossSite(context);
        return tokens.verify(session, Caller.Credential.SESSION);
    }

    private Uni<Caller> authorization(String authorization) {
        if (isScheme(TOKEN, authorization)) {
            return keys.verify(authorization.substring(TOKEN.length()).strip());
        }
        if (isScheme(BASIC, authorization)) {
            return keys.verify(password(authorization.substring(BASIC.length()).strip()));
        }
        if (!isScheme(BEARER, authorization)) {
            return refuse(
                    "Authorization must be 'Bearer' and a token or an API key; senders may also"
                            + " use 'Token' and an API key, or 'Basic' with an API key as password");
        }
        String token = authorization.substring(BEARER.length()).strip();
        return token.startsWith(ApiKeySecret.START)
                ? keys.verify(token)
                : tokens.verify(token, Caller.Credential.TOKEN);
    }

    private static boolean isScheme(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    // RFC 7617; the user's name says nothing
    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    // bodies are compared where they are read: CurrentCaller.requireTenant
    private static void refuseOtherTenant(RoutingContext context, Caller caller) {
        if (caller.tenant().isPresent()) {
            List<String> named = new ArrayList<>(context.queryParam("tenant_id"));
            TENANT_HEADERS.forEach(
                    header -> named.addAll(context.request().headers().getAll(header)));
            named.forEach(caller::requireTenant);
        }
    }

    // spells the ladder out, so that @RolesAllowed names the lowest role only
    private static SecurityIdentity identity(Caller caller) {
        var identity =
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(caller.subject()));
        for (Role role : Role.values()) {
            if (caller.may(role)) {
                identity.addRole(role.claim());
            }
        }
        return identity.build();
    }

    private static Uni<Caller> refuse(String reason) {
        return Uni.createFrom().failure(new AuthenticationFailedException(reason));
    }
}
