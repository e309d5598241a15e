package dev.vedette.http.oidc;

import dev.vedette.http.HttpConfig;
import dev.vedette.http.SecretBox;
import dev.vedette.http.SessionCookie;
import dev.vedette.http.SigningKeys;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers, in an encrypted cookie, how the session at the provider is ended, so that signing out
 * here signs out there (OpenID Connect RP-Initiated Logout 1.0). No credential of this service: it
 * opens nothing.
 */
@ApplicationScoped
public class ProviderSession {
    private static final String COOKIE = "vedette_provider";
    private static final String SEPARATOR = "\n";

    // browsers keep cookies of 4096 bytes, name and attributes included
    private static final int LONGEST = 3900;

    private final OidcConfig config;
    private final Duration life;
    private final SecretBox box;

    ProviderSession(OidcConfig config, HttpConfig http, SigningKeys keys) {
        this.config = config;
        this.life = http.sessionLife();
        this.box = new SecretBox(new SecretKeySpec(keys.derived("oidc logout"), "AES"));
    }

    /**
     * The {@code Set-Cookie} value that remembers it; empty when the provider offers no such end.
     *
     * @param endpoint the provider's {@code end_session_endpoint}; empty when it has none
     * @param idToken tells the provider whose session ends; left out when it is too long to keep
     */
    public Optional<String> startingCookie(
            RoutingContext context, Optional<String> endpoint, String idToken) {
        if (!config.endProviderSession()) {
            return Optional.empty();
        }
        return endpoint.map(place -> {
            String whole = box.seal(place + SEPARATOR + idToken, COOKIE);
            String kept = whole.length() <= LONGEST ? whole : box.seal(place + SEPARATOR, COOKIE);
            return SessionCookie.write(context.request(), COOKIE, kept, life);
        });
    }

    /** The {@code Set-Cookie} value that forgets it. */
    public String endingCookie(RoutingContext context) {
        return SessionCookie.write(context.request(), COOKIE, "", Duration.ZERO);
    }

    /**
     * Where the browser ends its session at the provider, which then sends it back to the sign-in
     * page; empty when it has none.
     */
    public Optional<URI> end(RoutingContext context) {
        if (config.issuer().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(SessionCookie.read(context, COOKIE))
                .flatMap(sealed -> box.open(sealed, COOKIE))
                .map(text -> text.split(SEPARATOR, 2))
                .map(parts -> address(context, parts[0], parts[1]));
    }

    private URI address(RoutingContext context, String endpoint, String idToken) {
        String home = context.request().scheme() + "://" + context.request().authority();
        return URI.create(
                endpoint
                        + (endpoint.contains("?") ? "&" : "?")
                        + "client_id="
                        + encoded(config.clientId())
                        + "&post_logout_redirect_uri="
                        + encoded(home + "/sign-in")
                        + (idToken.isEmpty() ? "" : "&id_token_hint=" + encoded(idToken)));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
