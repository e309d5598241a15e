package dev.vedette.detection.engine;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * Days that go like a weekend, whatever day of the week they are, on the wall clock of the zone
 * they are used with.
 *
 * @param dates single days
 * @param yearly days of every year
 */
public record Holidays(Set<LocalDate> dates, Set<MonthDay> yearly) {
    /** None. */
    public static final Holidays NONE = new Holidays(Set.of(), Set.of());

    /** Copies. */
    public Holidays {
        dates = Set.copyOf(dates);
        yearly = Set.copyOf(yearly);
    }

    /** Whether that day is one. */
    public boolean contains(LocalDate day) {
        return dates.contains(day) || yearly.contains(MonthDay.from(day));
    }
}
