package dev.vedette.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Begins the spans of the service. Where tracing is off nothing is recorded, no request has a
 * trace, and so nothing is begun further down either. Thread-safe as OpenTelemetry's tracers are.
 */
public final class Tracing {
    /** Records nothing. */
    public static final Tracing OFF = new Tracing(OpenTelemetry.noop(), false);

    /** Most traces that show one piece of shared work, and that a stored row names. */
    public static final int MOST_SHARED = 8;

    private final Tracer tracer;
    private final boolean isOn;

    /** One that records by that. */
    public Tracing(OpenTelemetry telemetry) {
        this(telemetry, true);
    }

    private Tracing(OpenTelemetry telemetry, boolean isOn) {
        this.tracer = telemetry.getTracer("dev.vedette");
        this.isOn = isOn;
    }

    /** Whether anything is recorded. */
    public boolean isOn() {
        return isOn;
    }

    /**
     * Begins the span of a request.
     *
     * @param caller the trace that the caller goes on with; empty begins one
     * @return to be ended; one that is not recorded when the request is not in the sample
     */
    public Span request(String method, Optional<SpanContext> caller) {
        SpanBuilder span =
                tracer.spanBuilder(method)
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute("http.request.method", method);
        return caller.map(of -> span.setParent(under(of))).orElseGet(span::setNoParent).startSpan();
    }

    /**
     * Begins the span of a message: what came another way than as a request of its own.
     *
     * @param source how it came: one word
     * @param destination where to: a topic, a path, the name of a feed; from the settings, not from
     *     the sender
     * @param sender the trace that the sender goes on with; empty begins one
     * @return to be ended; one that is not recorded when the message is not in the sample
     */
    public Span message(String source, String destination, Optional<SpanContext> sender) {
        if (!isOn) {
            return Span.getInvalid();
        }
        SpanBuilder span =
                tracer.spanBuilder("take " + destination)
                        .setSpanKind(SpanKind.CONSUMER)
                        .setAttribute("vedette.source", source);
        return sender.map(of -> span.setParent(under(of))).orElseGet(span::setNoParent).startSpan();
    }

    /**
     * Takes in a message of nobody's trace under a span of its own.
     *
     * @param work looks for the {@link CurrentTrace} while it is called, not later
     */
    public <T> Uni<T> message(String source, String destination, Supplier<Uni<T>> work) {
        Span span = message(source, destination, Optional.empty());
        if (!span.isRecording()) {
            return work.get();
        }
        return CurrentTrace.under(span, work)
                .onFailure()
                .invoke(why -> failed(span, why))
                .onTermination()
                .invoke(span::end);
    }

    /** Notes that what a span shows failed. */
    public static void failed(Span span, Throwable why) {
        span.recordException(why);
        span.setStatus(StatusCode.ERROR);
    }

    /** Begins work for those; beyond {@link #MOST_SHARED} they do not show it. */
    public SharedWork share(String name, Collection<SpanContext> traces) {
        if (!isOn || traces.isEmpty()) {
            return SharedWork.NONE;
        }
        List<SpanContext> shown = new LinkedHashSet<>(traces).stream().limit(MOST_SHARED).toList();
        Map<SpanContext, Span> spans = new LinkedHashMap<>();
        for (SpanContext of : shown) {
            SpanBuilder span = tracer.spanBuilder(name).setParent(under(of));
            shown.stream().filter(other -> !other.equals(of)).forEach(span::addLink);
            spans.put(of, span.startSpan());
        }
        return new SharedWork(spans);
    }

    private static Context under(SpanContext of) {
        return Context.root().with(Span.wrap(of));
    }
}
