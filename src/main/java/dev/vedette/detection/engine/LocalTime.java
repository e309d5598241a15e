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
    private static final long HOUR_SECONDS = 3_600;
    private static final int DAY_HOURS = 24;
    private static final int WEEK_DAYS = 7;

    /** Day 0 was a Thursday; weeks start on Mondays. */
    private static final int THURSDAY = 3;

    /** Days of a month that are counted from its end, and the most a month has. */
    private static final int LAST_DAYS = 3;

    private static final int MONTH_DAYS = 31;

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
    private DayOfMonth lastDate = new DayOfMonth(Long.MIN_VALUE, 0);

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

    private record DayOfMonth(long day, int number) {}

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
        if (Math.floorMod(day + THURSDAY, WEEK_DAYS) >= 5) {
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

    /**
     * Hour of the week, from 0 to 167.
     *
     * @param localSeconds as from {@link #seconds}
     */
    static int hourOfWeek(long localSeconds) {
        long hours = Math.floorDiv(localSeconds, HOUR_SECONDS);
        return Math.floorMod(hours + THURSDAY * DAY_HOURS, WEEK_DAYS * DAY_HOURS);
    }

    /**
     * Hour of the month, from 0 to 743. Its last three days are counted from its end, so that the
     * last of February is like that of March.
     *
     * @param localSeconds as from {@link #seconds}
     */
    int hourOfMonth(long localSeconds) {
        long day = Math.floorDiv(localSeconds, DAY_SECONDS);
        DayOfMonth known = lastDate;
        if (known.day != day) {
            LocalDate date = LocalDate.ofEpochDay(day);
            int left = date.lengthOfMonth() - date.getDayOfMonth();
            known =
                    new DayOfMonth(
                            day,
                            left < LAST_DAYS ? MONTH_DAYS - 1 - left : date.getDayOfMonth() - 1);
            lastDate = known;
        }
        return known.number * DAY_HOURS
                + (int) (Math.floorMod(localSeconds, DAY_SECONDS) / HOUR_SECONDS);
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
