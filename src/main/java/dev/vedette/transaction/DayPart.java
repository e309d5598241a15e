package dev.vedette.transaction;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/** A quarter of the day, by the tenant's clock. */
public enum DayPart {
    /** 0:00 to 6:00. */
    NIGHT,
    /** 6:00 to 12:00. */
    MORNING,
    /** 12:00 to 18:00. */
    AFTERNOON,
    /** 18:00 to 24:00. */
    EVENING;

    /** The part of the day that a time falls in. */
    public static DayPart of(Instant time, ZoneId zone) {
        return values()[time.atZone(zone).getHour() / 6];
    }

    /** The part in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
