package dev.vedette.detection.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Wall-clock time and kinds of days of a zone without an allocation per point, from a table of the
 * zone's offsets. No state of a series: all series of a zone share one. Thread-safe: what is
 * remembered of the last answer is a number or immutable, and only saves a search.
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

    /** Outside of these times offsets are asked for one by one. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    /** Zones and calendars that are shared; further ones are made again for each series. */
    private static final int MOST_SHARED = 1_000;

    private static final Map<Calendar, LocalTime> SHARED = new ConcurrentHashMap<>();

    private final ZoneRules rules;
    private final Holidays holidays;
    private final boolean anyHolidays;
    private final long[] from;
    private final int[] offset;
    private int lastSpan;
    private KnownDay lastDay = new KnownDay(Long.MIN_VALUE, Day.WORKING);

    LocalTime(ZoneId zone) {
        this(zone, Holidays.NONE);
    }

    private LocalTime(ZoneId zone, Holidays holidays) {
        this.rules = zone.getRules();
        this.holidays = holidays;
        this.anyHolidays = !holidays.equals(Holidays.NONE);
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        this.from = new long[changes.size() + 2];
        this.offset = new int[changes.size() + 1];
        this.from[0] = FIRST.getEpochSecond();
        this.offset[0] = rules.getOffset(FIRST).getTotalSeconds();
        for (int i = 0; i < changes.size(); i++) {
            this.from[i + 1] = changes.get(i).toEpochSecond();
            this.offset[i + 1] = changes.get(i).getOffsetAfter().getTotalSeconds();
        }
        this.from[from.length - 1] = LAST.getEpochSecond();
    }

    private record Calendar(ZoneId zone, Holidays holidays) {}

    private record KnownDay(long day, Day kind) {}

    /** That of the zone and its holidays. */
    static LocalTime of(ZoneId zone, Holidays holidays) {
        Calendar calendar = new Calendar(zone, holidays);
        LocalTime known = SHARED.get(calendar);
        if (known != null) {
            return known;
        }
        LocalTime made = new LocalTime(zone, holidays);
        if (SHARED.size() < MOST_SHARED) {
            SHARED.put(calendar, made);
        }
        return made;
    }

    /**
     * What kind of day it is.
     *
     * @param localSeconds as from {@link #seconds}
     */
    Day day(long localSeconds) {
        long day = Math.floorDiv(localSeconds, DAY_SECONDS);
        // Day 0 was a Thursday.
        if (Math.floorMod(day + 3, 7) >= 5) {
            return Day.WEEKEND;
        }
        return anyHolidays ? workingOrHoliday(day) : Day.WORKING;
    }

    private Day workingOrHoliday(long day) {
        KnownDay known = lastDay;
        if (known.day != day) {
            boolean off = holidays.contains(LocalDate.ofEpochDay(day));
            known = new KnownDay(day, off ? Day.HOLIDAY : Day.WORKING);
            lastDay = known;
        }
        return known.kind;
    }

    /** Seconds since 1970-01-01T00:00 on that zone's wall clock. */
    long seconds(long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1000);
        int span = lastSpan;
        if (seconds < from[span] || seconds >= from[span + 1]) {
            if (seconds < from[0] || seconds >= from[from.length - 1]) {
                return seconds + rules.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
            }
            int found = Arrays.binarySearch(from, seconds);
            span = found >= 0 ? found : -found - 2;
            lastSpan = span;
        }
        return seconds + offset[span];
    }
}
