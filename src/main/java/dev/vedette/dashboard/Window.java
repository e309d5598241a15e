package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The stretch of time a page shows.
 *
 * @param length how long
 * @param end where it ends; the present while live
 * @param now the present
 * @param live whether it ends at the present and moves with it
 */
public record Window(Length length, Instant end, Instant now, boolean live) {
    /** The lengths to choose from. */
    public enum Length {
        /** An hour. */
        HOUR("1h", Duration.ofHours(1), 5, 5),
        /** Six hours. */
        SIX_HOURS("6h", Duration.ofHours(6), 5, 15),
        /** A day. */
        DAY("24h", Duration.ofHours(24), 15, 60),
        /** Three days. */
        THREE_DAYS("3d", Duration.ofDays(3), 45, 180),
        /** A week. */
        WEEK("7d", Duration.ofDays(7), 120, 480);

        private final String code;
        private final Duration duration;
        private final Duration step;
        private final Duration narrowStep;

        Length(String code, Duration duration, int stepMinutes, int narrowMinutes) {
            this.code = code;
            this.duration = duration;
            this.step = Duration.ofMinutes(stepMinutes);
            this.narrowStep = Duration.ofMinutes(narrowMinutes);
        }

        /** Its name in a link. */
        public String code() {
            return code;
        }

        /** Its name on the page. */
        String title(Language language) {
            return language.say("window." + code);
        }

        /** How long it is. */
        public Duration duration() {
            return duration;
        }

        /** How much time one cell of the lanes takes on a wide page. */
        public Duration step() {
            return step;
        }

        /** The same on a phone. */
        public Duration narrowStep() {
            return narrowStep;
        }

        static Optional<Length> ofCode(String code) {
            String wanted = code.toLowerCase(Locale.ROOT);
            return Arrays.stream(values()).filter(l -> l.code.equals(wanted)).findFirst();
        }
    }

    /** The same, not moving with the present. */
    Window still() {
        return new Window(length, end, now, false);
    }

    /**
     * The window a link asks for; what is missing or cannot be read means the last of {@code
     * usual}.
     *
     * @param length the link's {@code window}
     * @param end the link's {@code end}, RFC 3339
     */
    static Window of(Optional<String> length, Optional<String> end, Length usual, Instant now) {
        Length chosen = length.flatMap(Length::ofCode).orElse(usual);
        return end.flatMap(Window::instant)
                .filter(at -> at.isBefore(now))
                .map(at -> new Window(chosen, at, now, false))
                .orElse(new Window(chosen, now, now, true));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** From its start to its end. */
    public TimeRange range() {
        return new TimeRange(end.minus(length.duration()), end);
    }

    /** What it is called: "Last 24 hours" while live. */
    String title(Language language) {
        return live ? language.say("window.last." + length.code()) : length.title(language);
    }

    Window endingAt(Instant other) {
        return other.isBefore(now)
                ? new Window(length, other, now, false)
                : new Window(length, now, now, true);
    }

    Window ofLength(Length other) {
        return new Window(other, end, now, live);
    }

    /** Its part of a link. */
    public String query() {
        return "window=" + length.code() + (live ? "" : "&end=" + end);
    }
}
