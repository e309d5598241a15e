package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Days that go like weekends. */
class HolidaysTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** A Thursday in the fourth week. */
    private static final LocalDate HOLIDAY = LocalDate.of(2026, 1, 29);

    @Test
    void aHolidayThatGoesLikeAWeekendIsUsualWhenItIsKnown() {
        Seen unknown = seen(Holidays.NONE, true, _ -> 0);
        assertTrue(unknown.outside > 100, unknown.toString());
        assertTrue(unknown.state > 0.6, unknown.toString());
        assertUsual(seen(new Holidays(Set.of(HOLIDAY), Set.of()), true, _ -> 0));
        assertUsual(seen(new Holidays(Set.of(), Set.of(MonthDay.of(1, 29))), true, _ -> 0));
    }

    @Test
    void aHolidayOnWhichPeopleWorkIsUsualToo() {
        assertUsual(seen(new Holidays(Set.of(HOLIDAY), Set.of()), false, _ -> 0));
    }

    @Test
    void aHolidayHidesNoFailure() {
        int noon = 24 * 288 + 144;
        Seen seen = seen(new Holidays(Set.of(HOLIDAY), Set.of()), true, i -> i == noon ? 150 : 0);
        assertEquals(1, seen.opened, seen.toString());
    }

    private static void assertUsual(Seen seen) {
        assertEquals(0, seen.opened, seen.toString());
        assertTrue(seen.outside < 5, seen.toString());
        assertTrue(seen.state < 0.4, seen.toString());
    }

    @Test
    void aDayIsAHolidayByItsDateOrEveryYear() {
        Holidays days = new Holidays(Set.of(LocalDate.of(2026, 4, 6)), Set.of(MonthDay.of(12, 25)));
        assertTrue(days.contains(LocalDate.of(2026, 4, 6)));
        assertFalse(days.contains(LocalDate.of(2027, 4, 6)));
        assertTrue(days.contains(LocalDate.of(2031, 12, 25)));
    }

    /**
     * What the holiday looked like.
     *
     * @param opened anomalies
     * @param outside points outside their band
     * @param state highest anomaly score
     */
    private record Seen(int opened, int outside, double state) {}

    /** The holiday on a series that rests on weekends, and on the holiday if {@code off}. */
    private static Seen seen(Holidays holidays, boolean off, IntToDoubleFunction more) {
        DetectionSettings settings =
                new DetectionSettings(
                        0.6, DetectionSettings.Direction.BOTH, 0, 0, BERLIN, holidays);
        SeriesEvaluator evaluator = EngineRegistry.standard().open("ensemble", settings);
        LocalTime clock = new LocalTime(BERLIN);
        Random noise = new Random(17);
        Seen seen = new Seen(0, 0, 0);
        for (int i = 0; i < 26 * 288; i++) {
            long time = SyntheticSeries.START + i * 300_000L;
            long local = clock.seconds(time);
            boolean holiday = Math.floorDiv(local, 86_400) == HOLIDAY.toEpochDay();
            boolean rests = clock.day(local) == LocalTime.Day.WEEKEND || (holiday && off);
            double hour = Math.floorMod(local, 86_400) / 3600.0;
            double bell = Math.exp(-(hour - 13) * (hour - 13) / 18);
            double value =
                    20 + (rests ? 10 : 80) * bell + more.applyAsDouble(i) + noise.nextGaussian();
            boolean opens = evaluator.update(time, value) == SeriesEvaluator.Change.OPENED;
            if (holiday) {
                Verdict verdict = evaluator.verdict();
                boolean out = value < verdict.lower() || value > verdict.upper();
                seen =
                        new Seen(
                                seen.opened + (opens ? 1 : 0),
                                seen.outside + (out ? 1 : 0),
                                Math.max(seen.state, verdict.anomalyScore()));
            }
        }
        return seen;
    }
}
