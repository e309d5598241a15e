package dev.vedette.http;

import dev.vedette.tracing.CurrentTrace;
import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Traceparent;
import dev.vedette.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.MDC;

/**
 * The trace of a request: the caller's, or one that begins here. It is named in the log, and where
 * it is recorded in the answer, too.
 */
@Singleton
class RequestTraces {
    static final String HEADER = "X-Trace-Id";

    private static final String KEY = "vedette.trace_id";
    // where Quarkus keeps it for its own meters
    private static final String ROUTE = "UrlPathTemplate";
    private static final int FAULT = 500;

    private final Tracing tracing;

    RequestTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Begins the request's span, if it is to have one. */
    void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<SpanContext> caller = Traceparent.read(request.getHeader(Traceparent.HEADER));
        Optional<Span> span = isOneAnswer(context) ? span(context, caller) : Optional.empty();
        span.map(Span::getSpanContext)
                .or(() -> caller)
                .map(SpanContext::getTraceId)
                .ifPresent(trace -> {
                    context.put(KEY, trace);
                    MDC.put(SharedWork.LOG_KEY, trace);
                });
    }

    /** The id of the request's trace. */
    static Optional<String> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    private Optional<Span> span(RoutingContext context, Optional<SpanContext> caller) {
        Span span = tracing.request(context.request().method().name(), caller);
        if (!span.isRecording()) {
            return Optional.empty();
        }
        span.setAttribute("url.path", context.normalizedPath());
        span.setAttribute("vedette.request_id", RequestIds.of(context));
        context.response().putHeader(HEADER, span.getSpanContext().getTraceId());
        CurrentTrace.ofRequest(span);
        context.addEndHandler(ended -> end(span, context));
        return Optional.of(span);
    }

    private static void end(Span span, RoutingContext context) {
        int status = context.response().getStatusCode();
        String route = context.vertx().getOrCreateContext().getLocal(ROUTE);
        if (route != null) {
            span.updateName(context.request().method() + " " + route);
            span.setAttribute("http.route", route);
        }
        span.setAttribute("http.response.status_code", status);
        if (status >= FAULT) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    // Probes and scrapes come all the time; streams and sockets end when somebody closes a window.
    private boolean isOneAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        String accept = request.getHeader("Accept");
        return tracing.isOn()
                && !context.normalizedPath().startsWith("/q/")
                && !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && (accept == null || !accept.contains("text/event-stream"));
    }
}
