package dev.vedette.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to, as its caller says by <a
 * href="https://www.w3.org/TR/trace-context/">W3C trace context</a>: what ties the caller's traces
 * to this service's log.
 */
final class TraceIds {
    static final String HEADER = "traceparent";

    // version, trace, parent, flags; a later version than 00 may have more
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}"
                            + "|(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?)");

    private static final Pattern ZERO = Pattern.compile("0+");

    private TraceIds() {}

    /** The trace's id, 32 hexadecimal digits; empty when there is none, or none that is valid. */
    static Optional<String> of(@Nullable String header) {
        Matcher parts = FORM.matcher(header == null ? "" : header.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        int first = parts.group(1) == null ? 3 : 1;
        boolean isZero =
                ZERO.matcher(parts.group(first)).matches()
                        || ZERO.matcher(parts.group(first + 1)).matches();
        return isZero ? Optional.empty() : Optional.of(parts.group(first));
    }
}
