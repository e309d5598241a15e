package dev.vedette.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One piece of work that is done for several requests at once, such as a group commit. Each of
 * their traces shows it as a span of its own with a link to the others, so that every trace is
 * whole by itself. Thread-safe as spans are.
 */
public final class SharedWork {
    /** Work of no trace. */
    public static final SharedWork NONE = new SharedWork(Map.of());

    /** The name under which the log has the trace's id. */
    public static final String LOG_KEY = "trace_id";

    private final Map<SpanContext, Span> spans;

    /** Those spans, by what each hangs on. */
    SharedWork(Map<SpanContext, Span> spans) {
        this.spans = spans;
    }

    /** The work's place in the trace that it was begun for; empty when it is not shown there. */
    public Optional<SpanContext> placeIn(SpanContext begunFor) {
        return Optional.ofNullable(spans.get(begunFor)).map(Span::getSpanContext);
    }

    /** Its place in each trace. */
    public List<SpanContext> places() {
        return spans.values().stream().map(Span::getSpanContext).toList();
    }

    /** Notes a number about the work. */
    public SharedWork set(String name, long value) {
        spans().forEach(span -> span.setAttribute(name, value));
        return this;
    }

    /** Notes that it failed. */
    public void failed(Throwable why) {
        spans().forEach(span -> Tracing.failed(span, why));
    }

    /** It is done. */
    public void end() {
        spans().forEach(Span::end);
    }

    /** Does something that lines of the log and exemplars of metrics are to name a trace of. */
    public void run(Runnable task) {
        if (spans.isEmpty()) {
            task.run();
            return;
        }
        var _ =
                CurrentTrace.under(
                        spans().iterator().next(),
                        () -> {
                            task.run();
                            return this;
                        });
    }

    private Collection<Span> spans() {
        return spans.values();
    }
}
