package dev.vedette.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a refusal as problem details, inside a resource's road and outside of it; to a person in a
 * browser as a page.
 */
@ApplicationScoped
class ProblemWriter {
    private final ObjectMapper json;
    private final ProblemPage page;

    ProblemWriter(ObjectMapper json, ProblemPage page) {
        this.json = json;
        this.page = page;
    }

    /** Whether a person in a browser asks for a page; what a script of a page fetches is none. */
    static boolean isForPeople(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains("text/html")
                && !context.normalizedPath().startsWith("/api/")
                && context.request().getHeader("HX-Request") == null;
    }

    /** The answer of a resource. */
    Response response(RoutingContext context, ProblemException problem) {
        Response.ResponseBuilder response =
                Response.status(problem.kind().status()).entity(body(context, problem));
        headers(context, problem).forEach(response::header);
        return response.build();
    }

    /** Answers a request that no resource answers. */
    void write(RoutingContext context, ProblemException problem) {
        HttpServerResponse response = context.response();
        if (!response.headWritten() && !response.ended()) {
            response.setStatusCode(problem.kind().status());
            headers(context, problem).forEach(response::putHeader);
            response.end(Buffer.buffer(body(context, problem)));
        }
    }

    private static Map<String, String> headers(RoutingContext context, ProblemException problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                HttpHeaders.CONTENT_TYPE,
                isForPeople(context) ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE);
        headers.put(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.kind() == ProblemKind.UNAUTHENTICATED) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        problem.rateLimit().ifPresent(limit -> headers.putAll(limit.headers()));
        problem.retryAfter()
                .ifPresent(after ->
                        headers.put(
                                HttpHeaders.RETRY_AFTER,
                                String.valueOf(Math.max(1, after.plusMillis(999).toSeconds()))));
        return headers;
    }

    private byte[] body(RoutingContext context, ProblemException e) {
        ProblemKind kind = e.kind();
        Problem problem =
                new Problem(
                        kind.type(),
                        kind.title(),
                        kind.status(),
                        e.getMessage() == null ? kind.title() : e.getMessage(),
                        context.normalizedPath(),
                        RequestIds.of(context),
                        RequestTraces.of(context),
                        e.errors());
        if (isForPeople(context)) {
            return page.html(context, problem).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a problem is plain texts", impossible);
        }
    }
}
