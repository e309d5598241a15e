package dev.vedette.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads times and durations of query parameters. */
public final class TimeParameters {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private TimeParameters() {}

    /**
     * A time.
     *
     * @param name of the parameter
     * @param text RFC 3339, or whole milliseconds since 1970-01-01T00:00Z; empty when not sent
     * @throws ProblemException {@link ProblemKind#INVALID_REQUEST} when it is neither
     */
    public static Optional<Instant> time(String name, Optional<String> text) {
        return text.map(value -> time(name, value));
    }

    private static Instant time(String name, String text) {
        try {
            Instant time =
                    text.matches("-?\\d{1,15}")
                            ? Instant.ofEpochMilli(Long.parseLong(text))
                            : OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw ProblemException.invalid(
                "?" + name,
                "wrong_form",
                name + " is not a time: '" + shortened(text) + "'",
                "send RFC 3339 such as 2026-11-21T08:15:00Z (a + as %2B), or epoch milliseconds");
    }

    /**
     * A duration.
     *
     * @param name of the parameter
     * @param text ISO 8601 such as {@code PT5M}, or a whole number with {@code s}, {@code m},
     *     {@code h} or {@code d}; empty when not sent
     * @throws ProblemException {@link ProblemKind#INVALID_REQUEST} when it is neither, or not above
     *     0
     */
    public static Optional<Duration> duration(String name, Optional<String> text) {
        return text.map(value -> duration(name, value));
    }

    private static Duration duration(String name, String text) {
        try {
            Duration duration =
                    text.matches("\\d{1,9}[smhd]") ? shortForm(text) : Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(Duration.ofDays(366)) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // said below
        }
        throw ProblemException.invalid(
                "?" + name,
                "wrong_form",
                name + " is not a duration above 0 and up to a year: '" + shortened(text) + "'",
                "send one such as 5m, 1h or PT5M");
    }

    private static Duration shortForm(String text) {
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
