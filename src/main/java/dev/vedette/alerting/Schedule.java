package dev.vedette.alerting;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * Stretches of time by the clock on the wall, once or again and again. A stretch from 01:00 to
 * 05:00 is that also on the day the clock is changed, three or five hours long. A time the clock
 * leaves out is taken as if it had not been changed yet, one that comes twice as its first (RFC
 * 5545, section 3.3.5).
 *
 * @param zone whose clock
 * @param start the first stretch's first moment
 * @param length of each stretch, by that clock; above 0, at most a year
 * @param rule when it comes again: an RRULE of RFC 5545, section 3.3.10; empty: once
 * @param except starts that are left out, at most {@value #MOST_EXCEPT}
 */
public record Schedule(
        ZoneId zone,
        LocalDateTime start,
        Duration length,
        Optional<String> rule,
        Set<LocalDateTime> except) {
    /** Most exceptions. */
    public static final int MOST_EXCEPT = 500;

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int LONGEST_RULE = 400;
    private static final int MOST_COUNT = 10_000;
    private static final int MOST_STEPS = 20_000;

    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException when the length or number of exceptions is out of range, or
     *     the rule is none, comes more often than hourly or counts beyond 10 000
     */
    public Schedule {
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a stretch lasts above 0 and at most a year");
        }
        except = Set.copyOf(except);
        if (except.size() > MOST_EXCEPT) {
            throw new IllegalArgumentException("at most " + MOST_EXCEPT + " exceptions");
        }
        rule.ifPresent(text -> parse(text, zone));
    }

    /** A stretch that comes once. */
    public static Schedule once(ZoneId zone, LocalDateTime start, Duration length) {
        return new Schedule(zone, start, length, Optional.empty(), Set.of());
    }

    /** When the stretch that holds the moment ends, the latest if several do; empty when none. */
    public Optional<Instant> activeUntil(Instant at) {
        return between(at, at.plusNanos(1)).stream().map(Stretch::end).max(Instant::compareTo);
    }

    /**
     * One stretch.
     *
     * @param start first moment
     * @param end first moment after
     */
    public record Stretch(Instant start, Instant end) {}

    /** The stretches that touch a range, in order, at most 20 000. */
    public List<Stretch> between(Instant from, Instant to) {
        List<Stretch> stretches = new ArrayList<>();
        if (rule.isEmpty()) {
            add(stretches, start, from, to);
            return stretches;
        }
        try {
            addRecurring(stretches, from, to);
        } catch (IllegalArgumentException e) {
            // The library gives up on a rule that goes on without ever coming: 30 February.
            return stretches;
        }
        return stretches;
    }

    private void addRecurring(List<Stretch> stretches, Instant from, Instant to) {
        RecurrenceRuleIterator starts =
                parse(rule.orElseThrow(), zone).iterator(millis(start), UTC);
        // A day more than the length: clocks are changed by less.
        LocalDateTime first = from.atZone(zone).toLocalDateTime().minus(length).minusDays(1);
        if (first.isAfter(start)) {
            starts.fastForward(millis(first));
        }
        Instant last = to.plus(Duration.ofDays(1));
        for (int step = 0; step < MOST_STEPS && starts.hasNext(); step++) {
            LocalDateTime next = local(starts.nextMillis());
            if (next.toInstant(ZoneOffset.UTC).isAfter(last)) {
                break;
            }
            add(stretches, next, from, to);
        }
    }

    private void add(List<Stretch> to, LocalDateTime local, Instant from, Instant until) {
        Instant begins = local.atZone(zone).toInstant();
        Instant ends = local.plus(length).atZone(zone).toInstant();
        if (begins.isBefore(until) && ends.isAfter(from) && !except.contains(local)) {
            to.add(new Stretch(begins, ends));
        }
    }

    // The library counts on a clock that is never changed; the zone comes in afterwards.
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private static long millis(LocalDateTime local) {
        return local.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static LocalDateTime local(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDateTime();
    }

    private static RecurrenceRule parse(String text, ZoneId zone) {
        if (text.length() > LONGEST_RULE) {
            throw new IllegalArgumentException(
                    "a recurrence has at most " + LONGEST_RULE + " characters");
        }
        try {
            RecurrenceRule rule = new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
            if (rule.getFreq() == Freq.SECONDLY || rule.getFreq() == Freq.MINUTELY) {
                throw new IllegalArgumentException("a recurrence comes hourly at most");
            }
            if (rule.getCount() != null && rule.getCount() > MOST_COUNT) {
                throw new IllegalArgumentException("COUNT is at most " + MOST_COUNT);
            }
            if (rule.getUntil() != null) {
                rule.setUntil(new org.dmfs.rfc5545.DateTime(UTC, until(rule.getUntil(), zone)));
            }
            return rule;
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException(
                    "not a recurrence of RFC 5545: " + e.getMessage(), e);
        }
    }

    /** UNTIL by the clock on the wall; a day alone counts to its end. */
    private static long until(org.dmfs.rfc5545.DateTime until, ZoneId zone) {
        if (until.isAllDay()) {
            return until.getTimestamp() + Duration.ofDays(1).toMillis() - 1000;
        }
        if (until.isFloating()) {
            return until.swapTimeZone(UTC).getTimestamp();
        }
        return millis(Instant.ofEpochMilli(until.getTimestamp()).atZone(zone).toLocalDateTime());
    }
}
