package dev.vedette.explanation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;

/** Times and durations as people say them, in one zone. Immutable and thread-safe. */
public final class TimeWords {
    private final Phrases phrases;
    private final ZoneId zone;

    /** Times in that language and zone. */
    public TimeWords(Phrases phrases, ZoneId zone) {
        this.phrases = phrases;
        this.zone = zone;
    }

    /**
     * The time of day, with the day when that is another than the reference's: "20:15", "17 Nov
     * 20:15".
     */
    public String clock(Instant moment, Instant reference) {
        ZonedDateTime time = moment.atZone(zone);
        boolean sameDay = time.toLocalDate().equals(reference.atZone(zone).toLocalDate());
        return format(time, sameDay ? "time.clock" : "time.dayClock");
    }

    /** "today at 20:15", "yesterday at 20:15", "on 17 Nov at 20:15", with the year when another. */
    public String day(Instant moment, Instant now) {
        ZonedDateTime time = moment.atZone(zone);
        LocalDate today = now.atZone(zone).toLocalDate();
        String clock = format(time, "time.clock");
        if (time.toLocalDate().equals(today)) {
            return phrases.say("time.today", clock);
        }
        if (time.toLocalDate().equals(today.minusDays(1))) {
            return phrases.say("time.yesterday", clock);
        }
        boolean thisYear = time.getYear() == today.getYear();
        return phrases.say(
                "time.day", format(time, thisYear ? "time.dayOnly" : "time.dayYear"), clock);
    }

    /** The weekday of that moment as a habit: "Tuesdays". */
    public String weekdays(Instant moment) {
        return phrases.say("weekday." + moment.atZone(zone).getDayOfWeek().getValue());
    }

    /** The weekday and part of the day of that moment: "Tuesday-morning"; nights end at six. */
    public String dayPart(Instant moment) {
        ZonedDateTime time = moment.atZone(zone);
        String day = time.getDayOfWeek().getDisplayName(TextStyle.FULL, phrases.locale());
        return phrases.say("daypart." + time.getHour() / 6, day);
    }

    /**
     * How long, in at most two units, rounded down: "40 s", "4 min", "1 h 30 min", "3 days".
     *
     * @param duration 0 or more
     */
    public String duration(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes < 1) {
            return phrases.say("duration.seconds", duration.toSeconds());
        }
        if (minutes < 60) {
            return phrases.say("duration.minutes", minutes);
        }
        if (duration.toDays() >= 2) {
            return phrases.say("duration.days", duration.toDays());
        }
        return minutes % 60 == 0
                ? phrases.say("duration.hours", minutes / 60)
                : phrases.say("duration.hoursMinutes", minutes / 60, minutes % 60);
    }

    private String format(ZonedDateTime time, String key) {
        return DateTimeFormatter.ofPattern(phrases.plain(key), phrases.locale()).format(time);
    }
}
