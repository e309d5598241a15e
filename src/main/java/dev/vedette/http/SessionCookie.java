package dev.vedette.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's session: a token in a cookie that scripts cannot read and other sites' forms do
 * not send. A browser sends it by itself, so a changing request must also show, by {@code
 * Sec-Fetch-Site} or {@code Origin}, that it comes from this site's own pages.
 */
public final class SessionCookie {
    private static final String NAME = "vedette_session";
    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SessionCookie() {}

    /** The session's token; null when the request has no session cookie. */
    static @Nullable String read(RoutingContext context) {
        return read(context, NAME);
    }

    /** The value of another such cookie; null without one. */
    public static @Nullable String read(RoutingContext context, String name) {
        Cookie cookie = context.request().getCookie(name(context.request(), name));
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /** The header value that starts a session, or with an empty token and no life ends it. */
    static String write(HttpServerRequest request, String token, Duration life) {
        return write(request, NAME, token, life);
    }

    /** The same of another cookie that scripts cannot read, with the prefix over TLS. */
    public static String write(
            HttpServerRequest request, String name, String value, Duration life) {
        return name(request, name)
                + "="
                + value
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + life.toSeconds()
                + (request.isSSL() ? "; Secure" : "");
    }

    /**
     * Lets reads pass, and changes that come from this site.
     *
     * @throws ProblemException {@link ProblemKind#CROSS_SITE} otherwise
     */
    static void refuseCrossSite(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!SAFE.contains(request.method()) && !isSameSite(request)) {
            throw ProblemException.of(
                    ProblemKind.CROSS_SITE,
                    "a session may only change things from this site's own pages; use a token or"
                            + " an API key elsewhere");
        }
    }

    /**
     * Lets everything pass but what a browser says comes from another site.
     *
     * @throws ProblemException {@link ProblemKind#CROSS_SITE}
     */
    static void refuseKnownCrossSite(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean isBrowsers =
                request.getHeader("Sec-Fetch-Site") != null || request.getHeader("Origin") != null;
        if (isBrowsers && !isSameSite(request)) {
            throw ProblemException.of(ProblemKind.CROSS_SITE, "sign in on this service's own page");
        }
    }

    private static boolean isSameSite(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader("Origin");
        if (origin == null || request.authority() == null) {
            return false;
        }
        try {
            return request.authority().toString().equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // the prefix makes a browser insist on Secure, Path=/ and no Domain
    private static String name(HttpServerRequest request, String name) {
        return request.isSSL() ? "__Host-" + name : name;
    }
}
