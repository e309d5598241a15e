package dev.vedette.detection.engine;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Wall-clock time and kinds of days of a zone without an allocation per point: the offset is kept
 * until the zone's next or previous change of it, what a day is until the next. Not state: it is
 * worked out again after a restore.
 */
final class LocalTime {
    /** What a day may be like. */
    enum Day {
        /** Monday to Friday. */
        WORKING,
        /** Saturday or Sunday. */
        WEEKEND,
        /** A holiday from Monday to Friday: it goes like the one or the other. */
        HOLIDAY
    }

    private static final long DAY_SECONDS = 86_400;

    private final ZoneRules rules;
    private final Holidays holidays;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private long offsetSeconds;
    private long dayStart = Long.MIN_VALUE;
    private Day kind = Day.WORKING;

    LocalTime(ZoneId zone) {
        this(zone, Holidays.NONE);
    }

    LocalTime(ZoneId zone, Holidays holidays) {
        this.rules = zone.getRules();
        this.holidays = holidays;
    }

    /**
     * What kind of day it is.
     *
     * @param localSeconds as from {@link #seconds}
     */
    Day day(long localSeconds) {
        if (localSeconds < dayStart || localSeconds >= dayStart + DAY_SECONDS) {
            LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(localSeconds, DAY_SECONDS));
            dayStart = day.toEpochDay() * DAY_SECONDS;
            kind = kind(day);
        }
        return kind;
    }

    private Day kind(LocalDate day) {
        if (day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0) {
            return Day.WEEKEND;
        }
        return holidays.contains(day) ? Day.HOLIDAY : Day.WORKING;
    }

    /** Seconds since 1970-01-01T00:00 on that zone's wall clock. */
    long seconds(long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1000);
        if (seconds < from || seconds >= until) {
            look(seconds);
        }
        return seconds + offsetSeconds;
    }

    private void look(long seconds) {
        Instant now = Instant.ofEpochSecond(seconds);
        offsetSeconds = rules.getOffset(now).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(now);
        ZoneOffsetTransition before = rules.previousTransition(now.plusSeconds(1));
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond();
    }
}
