package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which seasons the default engine learns by itself, and that it is quiet on those it does not. */
class SeasonsTest {
    private static final long STEP = 300_000;
    private static final long DAY = 86_400_000;

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

    private static LongToDoubleFunction cycle(int hours) {
        return time -> 50 + 20 * Math.sin(2 * Math.PI * time / (hours * 3_600_000.0));
    }

    /** A bell over the working day. */
    private static double noon(long time) {
        double hour = time % DAY / 3_600_000.0;
        return Math.exp(-(hour - 13) * (hour - 13) / 18);
    }

    /**
     * What was seen of a series.
     *
     * @param halfWidth of the band, mean of the fifth week
     * @param opened anomalies in that week
     * @param brokenOutside share of the points outside their band once the season is broken
     * @param brokenOpened anomalies then
     */
    private record Seen(double halfWidth, int opened, double brokenOutside, int brokenOpened) {}

    /** Five weeks of a series with noise of size 1, then some hours of another. */
    private static Seen seen(LongToDoubleFunction usual, LongToDoubleFunction broken, int hours) {
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open("ensemble", DetectionSettings.DEFAULT);
        Random noise = new Random(3);
        int end = 5 * WEEK + (int) (hours * 3_600_000L / STEP);
        double widths = 0;
        int opened = 0;
        int outside = 0;
        int openedBroken = 0;
        for (int i = 0; i < end; i++) {
            boolean isBroken = i >= 5 * WEEK;
            double value =
                    (isBroken ? broken : usual).applyAsDouble(i * STEP) + noise.nextGaussian();
            boolean opens =
                    evaluator.update(SyntheticSeries.START + i * STEP, value)
                            == SeriesEvaluator.Change.OPENED;
            Verdict verdict = evaluator.verdict();
            if (isBroken) {
                outside += value < verdict.lower() || value > verdict.upper() ? 1 : 0;
                openedBroken += opens ? 1 : 0;
            } else if (i >= 4 * WEEK) {
                widths += (verdict.upper() - verdict.lower()) / 2;
                opened += opens ? 1 : 0;
            }
        }
        return new Seen(widths / WEEK, opened, (double) outside / (end - 5 * WEEK), openedBroken);
    }
}
