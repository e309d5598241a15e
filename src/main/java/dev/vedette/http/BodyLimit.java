package dev.vedette.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Makes room for a request's body before the first byte of it is read, after the caller's access
 * was checked; without room the answer is 429 or 503. What is compressed counts several times. A
 * body whose length the sender does not tell counts, and is held to, a smaller limit.
 */
@ApplicationScoped
class BodyLimit {
    /** About what decoding makes of a compressed byte while the request is at hand. */
    static final int COMPRESSED_FACTOR = 4;

    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE, HttpMethod.OPTIONS);

    // The name under which Quarkus looks for a request's own limit.
    private static final String MAX_SIZE = "io.quarkus.max-request-size";
    private static final Duration TENANT_RETRY = Duration.ofSeconds(1);
    private static final Duration SERVICE_RETRY = Duration.ofSeconds(2);

    private final BodyBudget budget;
    private final MeterRegistry metrics;
    private final long maxBody;
    private final long maxChunkedBody;

    BodyLimit(HttpConfig config, VertxHttpConfig server, MeterRegistry metrics) {
        this.metrics = metrics;
        this.maxBody =
                server.limits().maxBodySize().map(size -> size.asLongValue()).orElse(64L << 20);
        this.maxChunkedBody = Math.min(maxBody, config.maxChunkedBody().asLongValue());
        this.budget =
                new BodyBudget(
                        config.maxRequestBytes().asLongValue(),
                        config.maxRequestBytesPerTenant().asLongValue());
        Gauge.builder("vedette_http_body_fill_ratio", budget, BodyBudget::fill).register(metrics);
        refused(BodyBudget.Outcome.TENANT_FULL, 0);
        refused(BodyBudget.Outcome.FULL, 0);
    }

    /** Makes room for the request's body until it is answered, or its connection lost. */
    void makeRoom(RoutingContext context) {
        long bytes = bytes(context);
        if (bytes == 0) {
            return;
        }
        Caller caller = CredentialMechanism.callerOf(context);
        String tenant = caller == null ? "" : caller.tenant().map(Object::toString).orElse("");
        BodyBudget.Outcome outcome = budget.reserve(tenant, bytes);
        if (outcome == BodyBudget.Outcome.RESERVED) {
            // Also when the connection is lost.
            context.addEndHandler(_ -> budget.release(tenant, bytes));
            return;
        }
        refused(outcome, 1);
        throw outcome == BodyBudget.Outcome.TENANT_FULL
                ? ProblemException.retryable(
                        ProblemKind.TOO_MANY_REQUESTS,
                        "the tenant has as many bytes of requests at hand as it may; send fewer at"
                                + " a time",
                        TENANT_RETRY)
                : ProblemException.retryable(
                        ProblemKind.UNAVAILABLE,
                        "the service has as many bytes of requests at hand as it takes",
                        SERVICE_RETRY);
    }

    private void refused(BodyBudget.Outcome outcome, int requests) {
        metrics.counter(
                        "vedette_http_refused_bodies_total",
                        "reason",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment(requests);
    }

    /** What the body is to count; 0 when there is none. */
    private long bytes(RoutingContext context) {
        HttpServerRequest request = context.request();
        String told = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long length;
        if (told != null) {
            length = length(told);
        } else if (mayHaveBody(request)) {
            length = maxChunkedBody;
            context.put(MAX_SIZE, length);
        } else {
            return 0;
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
        return plain ? length : Math.max(length, Math.min(maxBody, length * COMPRESSED_FACTOR));
    }

    // Without a length: HTTP/1.1 announces a body all the same, HTTP/2 does not.
    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (request.version() == HttpVersion.HTTP_2
                        && !WITHOUT_BODY.contains(request.method()));
    }

    // The server has parsed it already, so it is one.
    private static long length(String told) {
        try {
            return Long.parseLong(told.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
