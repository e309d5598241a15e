package dev.vedette.detection.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks the time ranges and required parameters of queries. */
public final class Ranges {
    private Ranges() {}

    /**
     * The range of those parameters: up to now, and as long as usual, where they are left out.
     *
     * @throws ProblemException when it ends before it starts
     */
    public static TimeRange of(
            Optional<Instant> from, Optional<Instant> to, Instant now, Duration usual) {
        Instant end = to.orElse(from.map(start -> later(start.plus(usual), now)).orElse(now));
        Instant start = from.orElse(end.minus(usual));
        if (end.isBefore(start)) {
            throw ProblemException.invalid(
                    "?to",
                    "before_from",
                    "to " + end + " is before from " + start,
                    "swap from and to");
        }
        return new TimeRange(start, end);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Refuses a range that is longer.
     *
     * @param fix what to ask for instead
     */
    public static void requireAtMost(TimeRange range, Duration longest, String fix) {
        if (range.duration().compareTo(longest) > 0) {
            throw ProblemException.invalid(
                    "?from",
                    "range_too_long",
                    "the range is "
                            + range.duration().toDays()
                            + " days, at most "
                            + longest.toDays()
                            + " are read at once",
                    fix);
        }
    }

    /** Refuses a step that cuts the range into more parts. */
    public static void requireSteps(TimeRange range, Duration step, int most) {
        long steps = Math.ceilDiv(range.duration().toMillis(), Math.max(1, step.toMillis()));
        if (steps > most) {
            throw ProblemException.invalid(
                    "?step",
                    "too_many_steps",
                    "the range has " + steps + " steps, at most " + most + " are answered",
                    "send a wider step or a shorter range");
        }
    }

    /** Refuses a parameter that is not there. */
    public static Optional<String> required(String name, Optional<String> value) {
        if (value.isEmpty() || value.get().isBlank()) {
            throw ProblemException.invalid(
                    "?" + name, "required", name + " is missing", "send ?" + name + "=…");
        }
        return value;
    }
}
