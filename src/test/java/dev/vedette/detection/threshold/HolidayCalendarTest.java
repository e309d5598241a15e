package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.Holidays;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written as a holiday, and for whom it holds. */
class HolidayCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    @Test
    void aDayOfAZoneHoldsThereOnlyAndOneWithoutAZoneEverywhere() {
        HolidayCalendar calendar =
                HolidayCalendar.of(
                        List.of("01-01", "Europe/Berlin=10-03", " Europe/Berlin = 2026-04-06"));
        assertEquals(
                new Holidays(
                        Set.of(LocalDate.of(2026, 4, 6)),
                        Set.of(MonthDay.of(10, 3), MonthDay.of(1, 1))),
                calendar.in(BERLIN));
        assertEquals(new Holidays(Set.of(), Set.of(MonthDay.of(1, 1))), calendar.in(OSLO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "13-01", "2026-02-30", "Mars/Olympus=01-01", "christmas", "1-1"})
    void whatIsNoDayIsRefusedWithItsText(String entry) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class, () -> HolidayCalendar.of(List.of(entry)));
        assertTrue(String.valueOf(refusal.getMessage()).endsWith(entry), refusal.getMessage());
    }

    @Test
    void withoutEntriesThereAreNone() {
        assertEquals(Holidays.NONE, HolidayCalendar.of(List.of()).in(BERLIN));
    }
}
