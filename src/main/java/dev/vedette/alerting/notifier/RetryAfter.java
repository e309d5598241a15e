package dev.vedette.alerting.notifier;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
    // Nobody is left alone for longer than a message lives.
    private static final Duration MOST = Duration.ofHours(24);

    private RetryAfter() {}

    /** How long to wait from now, 0 to 24 hours; empty when the value is absent or malformed. */
    static Optional<Duration> read(Optional<String> value, Instant now) {
        return value.map(String::strip)
                .flatMap(text ->
                        text.matches("[0-9]{1,9}")
                                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                                : until(text, now))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    private static Optional<Duration> until(String date, Instant now) {
        try {
            Instant then =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(Duration.between(now, then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
