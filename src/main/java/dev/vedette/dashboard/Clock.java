package dev.vedette.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Times and durations in words, in the zone and the language the reader chose.
 *
 * @param zone the reader's zone
 * @param now the moment the page speaks from; times of its day go without the day
 * @param language the reader's
 */
public record Clock(ZoneId zone, Instant now, Language language) {
    private static final String TIME = "time";
    private static final String DAY_TIME = "dayTime";
    private static final Map<String, DateTimeFormatter> FORMATS = formats();

    private static Map<String, DateTimeFormatter> formats() {
        Map<String, DateTimeFormatter> formats = new HashMap<>();
        for (Language language : Language.values()) {
            for (String name : List.of(TIME, "second", DAY_TIME, "day", "weekday")) {
                String pattern = language.say("format." + name);
                formats.put(
                        language.tag() + name,
                        DateTimeFormatter.ofPattern(pattern, language.locale()));
            }
        }
        return Map.copyOf(formats);
    }

    private String write(ZonedDateTime time, String format) {
        return Objects.requireNonNull(FORMATS.get(language.tag() + format)).format(time);
    }

    /** HH:MM, with the day before it when it is not today. */
    public String at(Instant time) {
        ZonedDateTime there = time.atZone(zone);
        boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return write(there, today ? TIME : DAY_TIME);
    }

    /** HH:MM. */
    public String time(Instant time) {
        return write(time.atZone(zone), TIME);
    }

    /** HH:MM:SS. */
    public String second(Instant time) {
        return write(time.atZone(zone), "second");
    }

    /** Day, month, HH:MM. */
    public String dayTime(Instant time) {
        return write(time.atZone(zone), DAY_TIME);
    }

    /** Weekday. */
    public String dayName(Instant time) {
        return write(time.atZone(zone), "day");
    }

    /** Weekday and day of the month. */
    public String weekday(Instant time) {
        return write(time.atZone(zone), "weekday");
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
