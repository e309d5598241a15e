package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimeTest {
    private static final long SECONDS = Instant.parse("2110-01-01T00:00:00Z").getEpochSecond();

    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Gaza"})
    void agreesWithTheCalendarOfTheJdkAtAnyTime(String name) {
        ZoneId zone = ZoneId.of(name);
        LocalDate off = LocalDate.of(2026, 5, 1);
        LocalTime time = LocalTime.of(zone, new Holidays(Set.of(off), Set.of()));
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            long second = i % 100 == 0 ? 1_777_600_000 + i : random.nextLong(-SECONDS, SECONDS);
            var local = Instant.ofEpochSecond(second).atZone(zone).toLocalDateTime();
            long found = time.seconds(second * 1000 + 999);
            assertEquals(local.toEpochSecond(ZoneOffset.UTC), found, () -> name + " " + second);
            assertEquals(kind(local.toLocalDate(), off), time.day(found), () -> name + " " + local);
            int days = local.getDayOfWeek().getValue() - 1;
            assertEquals(24 * days + local.getHour(), LocalTime.hourOfWeek(found), local::toString);
        }
    }

    @Test
    void daysOfTheMonthAreCountedFromTheFirstAndTheLastThreeFromTheEnd() {
        LocalTime time = LocalTime.of(ZoneOffset.UTC, Holidays.NONE);
        LocalDate end = LocalDate.of(2033, 3, 2);
        for (LocalDate day = LocalDate.of(1968, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
            int left = day.lengthOfMonth() - day.getDayOfMonth();
            int expected = left < 3 ? 30 - left : day.getDayOfMonth() - 1;
            long seconds = day.atTime(5, 59, 59).toEpochSecond(ZoneOffset.UTC);
            assertEquals(24 * expected + 5, time.hourOfMonth(seconds), day::toString);
        }
    }

    private static LocalTime.Day kind(LocalDate day, LocalDate off) {
        if (day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0) {
            return LocalTime.Day.WEEKEND;
        }
        return day.equals(off) ? LocalTime.Day.HOLIDAY : LocalTime.Day.WORKING;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin"})
    void seriesOfAZoneShareOne(String name) {
        ZoneId zone = ZoneId.of(name);
        assertSame(
                LocalTime.of(zone, Holidays.NONE),
                LocalTime.of(ZoneId.of(name), new Holidays(Set.of(), Set.of())));
    }
}
