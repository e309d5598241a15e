package dev.vedette.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times and durations in words, in the zone the reader chose.
 *
 * @param zone the reader's zone
 * @param now the moment the page speaks from; times of its day go without the day
 */
public record Clock(ZoneId zone, Instant now) {
    private static final DateTimeFormatter TIME = pattern("HH:mm");
    private static final DateTimeFormatter SECOND = pattern("HH:mm:ss");
    private static final DateTimeFormatter DAY_TIME = pattern("d MMM HH:mm");
    private static final DateTimeFormatter DAY = pattern("EEE");
    private static final DateTimeFormatter WEEKDAY = pattern("EEE d");

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.UK);
    }

    /** HH:MM, with the day before it when it is not today. */
    public String at(Instant time) {
        ZonedDateTime there = time.atZone(zone);
        boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return there.format(today ? TIME : DAY_TIME);
    }

    /** HH:MM. */
    public String time(Instant time) {
        return time.atZone(zone).format(TIME);
    }

    /** HH:MM:SS. */
    public String second(Instant time) {
        return time.atZone(zone).format(SECOND);
    }

    /** Day, month, HH:MM. */
    public String dayTime(Instant time) {
        return time.atZone(zone).format(DAY_TIME);
    }

    /** Weekday. */
    public String dayName(Instant time) {
        return time.atZone(zone).format(DAY);
    }

    /** Weekday and day of the month. */
    public String weekday(Instant time) {
        return time.atZone(zone).format(WEEKDAY);
    }

    /** What the zone is called on the page: "UTC", or its city. */
    public String zoneName() {
        String id = zone.getId();
        return id.equals("Z") || id.equals("UTC")
                ? "UTC"
                : id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
    }

    /** A length of time in its two largest units: "2 h 50 min", "18 min", "40 s", "3 d 4 h". */
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 48 * 60) {
            return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        long hours = minutes / 60;
        return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
    }
}
