package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which seasons the default engine learns by itself, that it is quiet on those it does not, and
 * that the seasonal engine learns those of weekdays and of days of the month.
 */
class SeasonsTest {
    private static final long STEP = 300_000;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** Points in a week. */
    private static final int WEEK = (int) (7 * DAY / STEP);

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8, 12, 24})
    void aCycleOfHoursThatDividesTheDayIsLearnt(int hours) {
        LongToDoubleFunction cycle = cycle(hours);
        Seen seen = seen(cycle, time -> 100 - cycle.applyAsDouble(time), 3 * hours);
        assertTrue(seen.halfWidth < 13, seen.toString());
        assertTrue(seen.brokenOutside > 0.7, seen.toString());
        assertTrue(seen.brokenOpened > 0, seen.toString());
        assertTrue(seen.opened <= 1, seen.toString());
    }

    @Test
    void weekendsAreLearnt() {
        LongToDoubleFunction week = time -> 20 + (time / DAY % 7 >= 5 ? 10 : 60) * noon(time);
        Seen seen = seen(week, time -> week.applyAsDouble(time + 5 * DAY), 24);
        assertTrue(seen.halfWidth < 6, seen.toString());
        assertTrue(seen.brokenOutside > 0.4, seen.toString());
        assertTrue(seen.opened <= 1, seen.toString());
    }

    @Test
    void whatHasNoSeasonHasANarrowBand() {
        Seen seen = seen(time -> 50, time -> 50, 1);
        assertTrue(seen.halfWidth < 4, seen.toString());
        assertTrue(seen.opened <= 1, seen.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 7})
    void aCycleThatDoesNotFitIntoTheDayRaisesNothing(int hours) {
        assertTrue(seen(cycle(hours), cycle(hours), 24).opened <= 1);
    }

    @Test
    void aBusierMondayRaisesNothing() {
        LongToDoubleFunction week = time -> 20 + (time / DAY % 7 == 0 ? 90 : 50) * noon(time);
        assertTrue(seen(week, week, 24).opened <= 1);
    }

    @Test
    void seasonalEngineMissesAMondaysJobThatFailsToCome() {
        LongToDoubleFunction week = time -> 20 + (time % (7 * DAY) < 3 * HOUR ? 30 : 0);
        Seen seen = seen("seasonal", 8, week, time -> 20, 3);
        assertTrue(seen.halfWidth < 8, seen.toString());
        assertTrue(seen.brokenOutside > 0.9, seen.toString());
        assertTrue(seen.brokenOpened > 0, seen.toString());
        assertTrue(seen.opened <= 1, seen.toString());
    }

    @Test
    void seasonalEngineForeseesABusierMondayAndMissesIt() {
        LongToDoubleFunction week = time -> 20 + (time / DAY % 7 == 0 ? 90 : 50) * noon(time);
        Seen came = seen("seasonal", 8, week, week, 24);
        assertTrue(came.brokenOutside < 0.1, came.toString());
        assertEquals(0, came.brokenOpened, came.toString());
        Seen missed = seen("seasonal", 8, week, time -> 20 + 50 * noon(time), 24);
        assertTrue(missed.brokenOutside > 0.3, missed.toString());
        assertTrue(missed.brokenOpened > 0, missed.toString());
    }

    @ParameterizedTest(name = "day {0} of the month")
    @CsvSource({"1, 21", "15, 23", "-1, 34"})
    void seasonalEngineMissesAWholeDayThatIsLikeAnyOther(int day, int weeks) {
        LongToDoubleFunction month = time -> 20 + (isDay(time, day) ? 10 : 0);
        Seen missed = seen("seasonal", weeks, month, time -> 20, 24);
        assertTrue(missed.brokenOutside > 0.35, missed.toString());
        assertTrue(missed.brokenOpened > 0, missed.toString());
        Seen came = seen("seasonal", weeks, month, month, 24);
        assertTrue(came.brokenOutside < 0.2, came.toString());
    }

    @ParameterizedTest(name = "day {0} of the month")
    @CsvSource({"1, 21", "15, 23", "-1, 34"})
    void seasonalEngineMissesAMonthlyJobThatFailsToCome(int day, int weeks) {
        LongToDoubleFunction month =
                time -> 20 + (isDay(time, day) && time % DAY < 3 * HOUR ? 30 : 0);
        assertTrue(isDay(weeks * 7L * DAY, day), "it would come next");
        Seen missed = seen("seasonal", weeks, month, time -> 20, 3);
        assertTrue(missed.halfWidth < 8, missed.toString());
        assertTrue(missed.brokenOutside > 0.9, missed.toString());
        assertTrue(missed.brokenOpened > 0, missed.toString());
        Seen came = seen("seasonal", weeks, month, month, 3);
        assertTrue(came.brokenOutside < 0.1, came.toString());
        assertEquals(0, came.brokenOpened, came.toString());
    }

    /** Whether the time since the series' begin is in that day of a month, -1 for its last. */
    private static boolean isDay(long time, int day) {
        LocalDate date =
                LocalDate.ofInstant(
                        Instant.ofEpochMilli(SyntheticSeries.START + time), ZoneOffset.UTC);
        return date.getDayOfMonth() == (day > 0 ? day : date.lengthOfMonth());
    }

    private static LongToDoubleFunction cycle(int hours) {
        return time -> 50 + 20 * Math.sin(2 * Math.PI * time / (hours * (double) HOUR));
    }

    /** A bell over the working day. */
    private static double noon(long time) {
        double hour = time % DAY / (double) HOUR;
        return Math.exp(-(hour - 13) * (hour - 13) / 18);
    }

    /**
     * What was seen of a series.
     *
     * @param halfWidth of the band, mean of the last week
     * @param opened anomalies in that week
     * @param brokenOutside share of the points outside their band once the season is broken
     * @param brokenOpened anomalies then
     */
    private record Seen(double halfWidth, int opened, double brokenOutside, int brokenOpened) {}

    private static Seen seen(LongToDoubleFunction usual, LongToDoubleFunction broken, int hours) {
        return seen("ensemble", 5, usual, broken, hours);
    }

    /** Some weeks of a series with noise of size 1, then some hours of another. */
    private static Seen seen(
            String engine,
            int weeks,
            LongToDoubleFunction usual,
            LongToDoubleFunction broken,
            int hours) {
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open(engine, DetectionSettings.DEFAULT);
        Random noise = new Random(3);
        int before = weeks * WEEK;
        int end = before + (int) (hours * HOUR / STEP);
        double widths = 0;
        int opened = 0;
        int outside = 0;
        int openedBroken = 0;
        for (int i = 0; i < end; i++) {
            boolean isBroken = i >= before;
            double value =
                    (isBroken ? broken : usual).applyAsDouble(i * STEP) + noise.nextGaussian();
            boolean opens =
                    evaluator.update(SyntheticSeries.START + i * STEP, value)
                            == SeriesEvaluator.Change.OPENED;
            Verdict verdict = evaluator.verdict();
            if (isBroken) {
                outside += value < verdict.lower() || value > verdict.upper() ? 1 : 0;
                openedBroken += opens ? 1 : 0;
            } else if (i >= before - WEEK) {
                widths += (verdict.upper() - verdict.lower()) / 2;
                opened += opens ? 1 : 0;
            }
        }
        return new Seen(widths / WEEK, opened, (double) outside / (end - before), openedBroken);
    }
}
