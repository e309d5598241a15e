package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zones by name, and days on which their clocks change. */
class TimeZonesTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

    @ParameterizedTest
    @CsvSource({
        "Europe/Vienna, Europe/Vienna",
        "europe/vienna, Europe/Vienna",
        "' America/New York ', America/New_York",
        "kathmandu, Asia/Kathmandu",
        "utc, Z",
        "Etc/GMT+5, Etc/GMT+5"
    })
    void nameIsUnderstoodAsPeopleWriteIt(String text, String zone) {
        assertEquals(Optional.of(ZoneId.of(zone)), TimeZones.named(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mars/Base", "+02:00", "vien", "Europe/", "<b>", "/"})
    void whatIsNoNameIsNoZone(String text) {
        assertEquals(Optional.empty(), TimeZones.named(text));
    }

    @Test
    void cookieThatHoldsNoZoneMeansUtc() {
        assertEquals(ZoneOffset.UTC, TimeZones.kept("Mars/Base"));
        assertEquals(ZoneOffset.UTC, TimeZones.kept(""));
        assertEquals(VIENNA, TimeZones.kept("Europe/Vienna"));
        assertEquals("Etc%2FGMT%2B5", Preferences.zone(ZoneId.of("Etc/GMT+5")).getValue());
    }

    @Test
    void everyOfferedNameIsUnderstood() {
        assertTrue(TimeZones.PLACES.size() > 300, "only " + TimeZones.PLACES.size());
        TimeZones.PLACES.forEach(
                name -> assertEquals(Optional.of(ZoneId.of(name)), TimeZones.named(name)));
    }

    @ParameterizedTest
    @CsvSource({"2027-01-15, UTC+01:00", "2027-07-15, UTC+02:00"})
    void offsetFollowsTheSeason(String day, String offset) {
        assertEquals(offset, TimeZones.offset(VIENNA, Instant.parse(day + "T12:00:00Z")));
    }

    private static List<String> labels(ZoneId zone, String from, Duration length) {
        Instant start = Instant.parse(from);
        Clock clock = new Clock(zone, start.plus(length), Language.ENGLISH);
        return new TimeAxis(new TimeRange(start, start.plus(length)), clock)
                .ticks(9).stream().map(TimeAxis.Tick::text).toList();
    }

    @Test
    void hoursStayRoundOnTheDayOfTwentyThreeAndOfTwentyFive() {
        // 28 March 2027: 02:00 becomes 03:00; 31 October: 03:00 becomes 02:00
        assertEquals(
                List.of("Sun 00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"),
                labels(VIENNA, "2027-03-27T23:00:00Z", Duration.ofHours(22)));
        assertEquals(
                List.of("Sun 00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"),
                labels(VIENNA, "2027-10-30T22:00:00Z", Duration.ofHours(24)));
    }

    @Test
    void everyDayOfAWeekInWhichClocksChangeIsNamedOnce() {
        for (String from : List.of("2027-03-24T23:00:00Z", "2027-10-27T22:00:00Z")) {
            assertEquals(
                    List.of("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"),
                    labels(VIENNA, from, Duration.ofHours(166)).stream()
                            .map(label -> label.substring(0, 3))
                            .toList());
        }
    }

    @Test
    void hourThatComesTwiceHasLabelsBothTimes() {
        assertEquals(
                List.of("02:00", "02:10", "02:20", "02:30", "02:40", "02:50", "02:00"),
                labels(VIENNA, "2027-10-31T00:00:00Z", Duration.ofMinutes(60)));
    }

    @Test
    void weekAboveThePagesBeginsEachDayAtItsMidnight() {
        Instant now = Instant.parse("2027-11-02T12:00:00Z");
        Window week = new Window(Window.Length.WEEK, now, now, true);
        WatchStrip strip =
                WatchStrip.of(
                        week, new double[168], new Clock(VIENNA, now, Language.ENGLISH), "/?");
        assertEquals(
                List.of(27, 28, 29, 30, 31, 1, 2),
                strip.days().stream().map(WatchStrip.Day::day).toList());
        // from 26 Oct 12:00Z; the last midnight is 23:00Z of 1 Nov, 155 of 168 hours on
        assertEquals(Svg.percent(155 / 168.0), strip.days().getLast().x());
        assertEquals(Svg.percent(10 / 168.0), strip.days().getFirst().x());
    }
}
