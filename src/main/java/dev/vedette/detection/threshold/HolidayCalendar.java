package dev.vedette.detection.threshold;

import dev.vedette.detection.engine.Holidays;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The holidays of a service, by the zones of its tenants. Written as a list of days, each {@code
 * 12-25} for every year or {@code 2026-04-06} for one, with {@code Europe/Berlin=} before it where
 * it holds in that zone only. Immutable.
 */
public final class HolidayCalendar {
    /** Without a holiday. */
    public static final HolidayCalendar EMPTY = new HolidayCalendar(Map.of(), Holidays.NONE);

    private final Map<ZoneId, Holidays> byZone;
    private final Holidays everywhere;

    private HolidayCalendar(Map<ZoneId, Holidays> byZone, Holidays everywhere) {
        this.byZone = Map.copyOf(byZone);
        this.everywhere = everywhere;
    }

    /**
     * Reads the entries.
     *
     * @throws IllegalArgumentException when one is no day, or its zone is unknown; the message
     *     holds it
     */
    public static HolidayCalendar of(List<String> entries) {
        List<String> general = new ArrayList<>();
        Map<ZoneId, List<String>> own = new HashMap<>();
        for (String entry : entries) {
            int split = entry.indexOf('=');
            if (split < 0) {
                general.add(entry);
            } else {
                own.computeIfAbsent(zone(entry, split), _ -> new ArrayList<>())
                        .add(entry.substring(split + 1));
            }
        }
        Map<ZoneId, Holidays> byZone = new HashMap<>();
        own.forEach((zone, days) -> {
            days.addAll(general);
            byZone.put(zone, days(days));
        });
        return new HolidayCalendar(byZone, days(general));
    }

    /** The holidays of tenants in that zone. */
    public Holidays in(ZoneId zone) {
        return byZone.getOrDefault(zone, everywhere);
    }

    private static ZoneId zone(String entry, int split) {
        try {
            return ZoneId.of(entry.substring(0, split).strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such zone: " + entry, e);
        }
    }

    private static Holidays days(List<String> texts) {
        Set<LocalDate> dates = new HashSet<>();
        Set<MonthDay> yearly = new HashSet<>();
        for (String text : texts) {
            String day = text.strip();
            try {
                if (day.length() > "12-25".length()) {
                    dates.add(LocalDate.parse(day));
                } else {
                    yearly.add(MonthDay.parse("--" + day));
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "a holiday must be written 12-25 or 2026-12-25, is " + day, e);
            }
        }
        return new Holidays(dates, yearly);
    }
}
