package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.engine.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In Berlin clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October.
 */
class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aNightlyWindowKeepsItsPlaceOnTheClockWhenTheClockIsChanged() {
        Schedule nightly = schedule("2026-03-01T01:00", Duration.ofHours(4), "FREQ=DAILY");
        assertEquals(
                List.of(
                        new Schedule.Stretch(
                                at("2026-03-28T00:00:00Z"), at("2026-03-28T04:00:00Z")),
                        new Schedule.Stretch(
                                at("2026-03-29T00:00:00Z"), at("2026-03-29T03:00:00Z")),
                        new Schedule.Stretch(
                                at("2026-03-29T23:00:00Z"), at("2026-03-30T03:00:00Z"))),
                nightly.between(at("2026-03-27T12:00:00Z"), at("2026-03-30T12:00:00Z")));
        assertEquals(
                List.of(
                        new Schedule.Stretch(
                                at("2026-10-23T23:00:00Z"), at("2026-10-24T03:00:00Z")),
                        new Schedule.Stretch(
                                at("2026-10-24T23:00:00Z"), at("2026-10-25T04:00:00Z")),
                        new Schedule.Stretch(
                                at("2026-10-26T00:00:00Z"), at("2026-10-26T04:00:00Z"))),
                nightly.between(at("2026-10-23T12:00:00Z"), at("2026-10-26T12:00:00Z")));
    }

    @Test
    void aStartThatTheClockLeavesOutIsTakenAsIfItHadNotBeenChangedYet() {
        Schedule schedule = schedule("2026-03-28T02:30", Duration.ofHours(1), "FREQ=DAILY;COUNT=3");
        assertEquals(
                List.of(
                        at("2026-03-28T01:30:00Z"),
                        at("2026-03-29T01:30:00Z"),
                        at("2026-03-30T00:30:00Z")),
                schedule.between(at("2026-03-01T00:00:00Z"), at("2026-05-01T00:00:00Z")).stream()
                        .map(Schedule.Stretch::start)
                        .toList());
    }

    @Test
    void untilCountsByTheZonesClockAndExceptionsAreLeftOut() {
        Schedule schedule =
                new Schedule(
                        BERLIN,
                        LocalDateTime.parse("2026-06-02T22:00"),
                        Duration.ofHours(2),
                        Optional.of("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260623T200000Z"),
                        Set.of(LocalDateTime.parse("2026-06-09T22:00")));
        assertEquals(
                List.of(
                        at("2026-06-02T20:00:00Z"),
                        at("2026-06-16T20:00:00Z"),
                        at("2026-06-23T20:00:00Z")),
                schedule.between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")).stream()
                        .map(Schedule.Stretch::start)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=SECONDLY",
                "FREQ=MINUTELY",
                "FREQ=DAILY;COUNT=999999",
                "every day",
                "",
                "FREQ=DAILY;COUNT=2;UNTIL=20260623T200000Z"
            })
    void aRuleThatIsNoneOrTooMuchIsRefused(String rule) {
        assertThrows(
                IllegalArgumentException.class,
                () -> schedule("2026-03-01T01:00", Duration.ofHours(1), rule));
    }

    @Test
    void aRuleThatNeverComesEndsTheSearch() {
        Schedule never =
                schedule(
                        "2026-01-30T01:00",
                        Duration.ofHours(1),
                        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
        assertEquals(Optional.empty(), never.activeUntil(at("2030-02-28T00:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void askingForOneMomentSaysTheSameAsListingTheStretches(long seed) {
        Random random = new Random(seed);
        Schedule schedule =
                schedule(
                        "2026-02-01T00:30",
                        Duration.ofMinutes(1 + random.nextInt(3000)),
                        "FREQ=DAILY;INTERVAL=" + (1 + random.nextInt(5)));
        List<Schedule.Stretch> all =
                schedule.between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
        for (int i = 0; i < 500; i++) {
            Instant moment = at("2026-02-01T00:00:00Z").plusSeconds(random.nextInt(300 * 86_400));
            Optional<Instant> expected =
                    all.stream()
                            .filter(one ->
                                    !moment.isBefore(one.start()) && moment.isBefore(one.end()))
                            .map(Schedule.Stretch::end)
                            .max(Instant::compareTo);
            assertEquals(expected, schedule.activeUntil(moment), "seed " + seed + " " + moment);
        }
    }

    @Test
    void quietHoursOverMidnightEndByTheClockOnTheWall() {
        QuietHours hours =
                new QuietHours(
                        BERLIN,
                        EnumSet.of(DayOfWeek.SATURDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(6, 0),
                        Severity.CRITICAL);
        assertEquals(DayOfWeek.SATURDAY, LocalDate.of(2026, 3, 28).getDayOfWeek());
        assertEquals(
                Optional.of(at("2026-03-29T04:00:00Z")), hours.until(at("2026-03-28T21:00:00Z")));
        assertEquals(
                Optional.of(at("2026-03-29T04:00:00Z")), hours.until(at("2026-03-29T03:59:59Z")));
        assertEquals(Optional.empty(), hours.until(at("2026-03-29T04:00:00Z")));
        assertEquals(Optional.empty(), hours.until(at("2026-03-29T21:00:00Z")), "Sunday is loud");
        assertEquals(
                Optional.of(at("2026-10-25T05:00:00Z")), hours.until(at("2026-10-25T04:30:00Z")));
    }

    private static Schedule schedule(String start, Duration length, String rule) {
        return new Schedule(
                BERLIN, LocalDateTime.parse(start), length, Optional.of(rule), Set.of());
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
