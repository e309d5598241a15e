package dev.vedette.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The recorded span that the calling code works for. A request's span goes with its Vert.x context,
 * as its answer may come from any thread; the others with their thread.
 */
public final class CurrentTrace {
    private static final String KEY = "vedette.span";

    private CurrentTrace() {}

    /** Lets the request that is handled here have that span. */
    public static void ofRequest(Span span) {
        Context request = Vertx.currentContext();
        if (request != null && VertxContext.isDuplicatedContext(request)) {
            request.putLocal(KEY, span);
        }
    }

    /** Does something in that span on this thread; lines of its log name the trace. */
    public static <T> T under(Span span, Supplier<T> task) {
        if (!span.isRecording()) {
            return task.get();
        }
        Object before = MDC.get(SharedWork.LOG_KEY);
        try (Scope _ = span.makeCurrent()) {
            MDC.put(SharedWork.LOG_KEY, span.getSpanContext().getTraceId());
            return task.get();
        } finally {
            if (before == null) {
                MDC.remove(SharedWork.LOG_KEY);
            } else {
                MDC.put(SharedWork.LOG_KEY, before);
            }
        }
    }

    /** The span; empty when none is recorded. */
    public static Optional<Span> span() {
        // what goes on in the context after the answer, as in a stream, is no part of the request
        return Optional.of(ofRequest(Vertx.currentContext()).orElseGet(Span::current))
                .filter(Span::isRecording);
    }

    /** Its place in its trace; empty when none is recorded. */
    public static Optional<SpanContext> place() {
        return span().map(Span::getSpanContext);
    }

    /** The span of the request that is, or was, handled in that context. */
    static Optional<Span> ofRequest(@Nullable Context of) {
        return of != null && VertxContext.isDuplicatedContext(of)
                ? Optional.ofNullable(of.getLocal(KEY))
                : Optional.empty();
    }
}
