package dev.vedette.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;

/**
 * What holds for every request, whoever answers it: a request id, a trace, the security headers,
 * and problem details for failures that reach no resource.
 */
@ApplicationScoped
class EdgeRoutes {
    /** Scripts, styles and connections from this service only; nothing inline, never framed. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    // before authentication (200) and cross-origin rules (300)
    private static final int FIRST = 1000;

    // of two filters of one priority the application's is the later
    private static final int AFTER_AUTHENTICATION = 200;

    private final Refusals refusals;
    private final ProblemWriter writer;
    private final RequestTraces traces;

    EdgeRoutes(Refusals refusals, ProblemWriter writer, RequestTraces traces) {
        this.refusals = refusals;
        this.writer = writer;
        this.traces = traces;
    }

    void filters(@Observes Filters filters) {
        filters.register(this::begin, FIRST);
        filters.register(EdgeRoutes::leaveFailures, AFTER_AUTHENTICATION);
    }

    void failures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::fail);
        router.route("/api/*").order(Integer.MAX_VALUE).handler(this::nothingHere);
    }

    private void begin(RoutingContext context) {
        MDC.put("request_id", RequestIds.assign(context));
        traces.begin(context);
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        // the API's own browser page brings inline scripts; it shows documentation only
        if (!context.normalizedPath().startsWith("/q/")) {
            headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        if (context.request().uri().contains("%00")) {
            writer.write(
                    context,
                    ProblemException.of(
                            ProblemKind.MALFORMED_REQUEST, "the address must not hold U+0000"));
        } else {
            context.next();
        }
    }

    /**
     * Has a resource tell by itself that a credential was refused. Quarkus takes the general
     * handler of that away where a resource begins; until then it prepares it, for which it makes a
     * table of all routes, with every request.
     */
    private static void leaveFailures(RoutingContext context) {
        if (context.normalizedPath().startsWith("/api/")) {
            context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        }
        context.next();
    }

    private void fail(RoutingContext context) {
        writer.write(context, refusals.of(context));
    }

    private void nothingHere(RoutingContext context) {
        writer.write(
                context,
                ProblemException.of(
                        ProblemKind.NOT_FOUND, "there is no route " + context.normalizedPath()));
    }
}
