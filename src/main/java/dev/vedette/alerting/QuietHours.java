package dev.vedette.alerting;

import dev.vedette.detection.engine.Severity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A daily stretch in which messages wait, by the clock on the wall: it is as long as that clock
 * says also on days when the clock is changed.
 *
 * @param zone whose clock
 * @param days on which it begins, at least one
 * @param from first moment
 * @param to first moment after; the next day's when not after the first, the whole day when equal
 * @param passes what is this urgent is told all the same
 */
public record QuietHours(
        ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to, Severity passes) {
    /**
     * Copies the days.
     *
     * @throws IllegalArgumentException when there is no day
     */
    public QuietHours {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("quiet hours need at least one day");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
    }

    /** When the quiet stretch that holds the moment ends; empty when none does. */
    public Optional<Instant> until(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        // What began yesterday may reach into today.
        return ends(today.minusDays(1), at).or(() -> ends(today, at));
    }

    private Optional<Instant> ends(LocalDate day, Instant at) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        Instant begins = ZonedDateTime.of(day, from, zone).toInstant();
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        Instant ends = ZonedDateTime.of(last, to, zone).toInstant();
        return !at.isBefore(begins) && at.isBefore(ends) ? Optional.of(ends) : Optional.empty();
    }
}
