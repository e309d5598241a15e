package dev.vedette.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace as text, by <a href="https://www.w3.org/TR/trace-context/">W3C trace
 * context</a>: what a caller sends, what a receiver is sent, and what is stored beside work that
 * waits.
 */
public final class Traceparent {
    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final String SEPARATOR = " ";

    // version, trace, parent, flags; a later version than 00 may have more
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})"
                            + "|(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)");

    private Traceparent() {}

    /** Reads one; empty when there is none, or none that is valid. */
    public static Optional<SpanContext> read(@Nullable String header) {
        Matcher parts = FORM.matcher(header == null ? "" : header.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        int first = parts.group(1) == null ? 4 : 1;
        SpanContext caller =
                SpanContext.createFromRemoteParent(
                        parts.group(first),
                        parts.group(first + 1),
                        TraceFlags.fromHex(parts.group(first + 2), 0),
                        TraceState.getDefault());
        return Optional.of(caller).filter(SpanContext::isValid);
    }

    /** Writes one. */
    public static String text(SpanContext place) {
        return "00-"
                + place.getTraceId()
                + "-"
                + place.getSpanId()
                + "-"
                + place.getTraceFlags().asHex();
    }

    /** Writes several into one text; null when there are none, as a column keeps it. */
    public static @Nullable String texts(Collection<SpanContext> places) {
        return places.isEmpty()
                ? null
                : places.stream().map(Traceparent::text).collect(Collectors.joining(SEPARATOR));
    }

    /** Reads what {@link #texts} wrote; what is not valid is left out. */
    public static List<SpanContext> readAll(@Nullable String texts) {
        return texts == null
                ? List.of()
                : Arrays.stream(texts.split(SEPARATOR, -1))
                        .map(Traceparent::read)
                        .flatMap(Optional::stream)
                        .toList();
    }
}
