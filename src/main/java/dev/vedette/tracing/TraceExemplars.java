package dev.vedette.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import io.prometheus.client.exemplars.tracer.common.SpanContextSupplier;
import io.quarkus.micrometer.runtime.export.exemplars.OpenTelemetryContextUnwrapper;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a measurement name the trace in which it was made: an exemplar, in the OpenMetrics format
 * only.
 */
final class TraceExemplars implements SpanContextSupplier, OpenTelemetryContextUnwrapper {
    /** Answers for the thread that measures. */
    TraceExemplars() {}

    @Override
    public @Nullable String getTraceId() {
        return here().isSampled() ? here().getTraceId() : null;
    }

    @Override
    public @Nullable String getSpanId() {
        return here().isSampled() ? here().getSpanId() : null;
    }

    @Override
    public boolean isSampled() {
        return here().isSampled();
    }

    private static SpanContext here() {
        return Span.current().getSpanContext();
    }

    /** The HTTP server's meters measure outside of the request they measure. */
    @Override
    public <P, R> R executeInContext(
            Function<P, R> measuring, P parameter, @Nullable Context request) {
        Optional<Span> span = CurrentTrace.ofRequest(request);
        if (span.isEmpty()) {
            return measuring.apply(parameter);
        }
        try (Scope _ = span.get().makeCurrent()) {
            return measuring.apply(parameter);
        }
    }
}
