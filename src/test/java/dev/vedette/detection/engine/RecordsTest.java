package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What nobody looking at a chart of the last days would miss. */
class RecordsTest {
    private static final int DAY = 1440;

    @Test
    void excursionFarBeyondTheLastDaysOpensThoughAnAlarmWasJustBefore() {
        Random random = new Random(1);
        // Bursts make the slow spread large; the alarm of the night makes the habit strong.
        List<Integer> opened =
                openedAt(
                        6 * DAY,
                        i -> {
                            double burst = random.nextInt(20) == 0 ? 30 * random.nextDouble() : 0;
                            double night = i >= 7000 && i < 7003 ? 80 : 0;
                            double excursion = i >= 8000 && i < 8003 ? 260 : 0;
                            return 10 + random.nextGaussian() + burst + night + excursion;
                        });
        assertTrue(opened.contains(8000), opened.toString());
    }

    @Test
    void climbOfHalfAnHourToTwiceTheRangeOpens() {
        Random random = new Random(2);
        double[] level = {0};
        List<Integer> opened =
                openedAt(
                        6 * DAY,
                        i -> {
                            level[0] = 0.995 * level[0] + random.nextGaussian();
                            double climb = Math.clamp(i - 8000, 0, 30) * 4;
                            return 100 + level[0] + (i < 8060 ? climb : 0);
                        });
        assertTrue(opened.stream().anyMatch(i -> i >= 8000 && i < 8045), opened.toString());
    }

    @Test
    void spikeOfTheSameHeightEveryDayIsNoRecord() {
        EnsembleState state = new EnsembleState();
        double longest = 0;
        for (int i = 0; i < 20 * DAY; i++) {
            double days = record(state, i * 60.0, i % DAY == 600 ? 50 : 0);
            state.d[Pace.POINTS]++;
            longest = i > 2 * DAY ? Math.max(longest, days) : 0;
        }
        assertEquals(0, longest);
    }

    @Test
    void nothingIsSaidOfARangeBeforeAWholeDay() {
        EnsembleState state = new EnsembleState();
        assertEquals(0, record(state, 0, 1));
        state.d[Pace.POINTS] = 1;
        assertEquals(0, record(state, 40_000, 1e6));
        assertEquals(0, record(state, 80_000, -1e6));
    }

    @Test
    void returnPeriodIsTheLongestOverTheDaysLookedBack() {
        EnsembleState state = new EnsembleState();
        // Days with the ranges 0..10, then three times 0..2.
        double[] highs = {10, 2, 2, 2};
        for (int i = 0; i < highs.length; i++) {
            record(state, 86_400.0 * i, 0);
            state.d[Pace.POINTS]++;
            record(state, 86_400.0 * i + 5_000, highs[i]);
        }
        // The fourth day is complete at 4: four days are known.
        assertEquals(0, record(state, 86_400.0 * 4, 1.5));
        // Beyond the three last days by one width, within the range of four.
        assertEquals(3 * Math.pow(2, 1.3), record(state, 86_400.0 * 4 + 1, 4), 1e-6);
        // Beyond them all by one width of ten.
        assertEquals(3 * Math.pow(10, 1.3), record(state, 86_400.0 * 4 + 2, 20), 1e-6);
    }

    @Test
    void theRunningHourIsNoPartOfTheRange() {
        EnsembleState state = new EnsembleState();
        record(state, 0, 0);
        state.d[Pace.POINTS]++;
        record(state, 5_000, 2);
        record(state, 90_000, 1);
        double first = record(state, 90_060, 6);
        assertEquals(first, record(state, 90_120, 6));
        assertEquals(0, record(state, 94_000, 6));
    }

    private static double record(EnsembleState state, double seconds, double value) {
        return Records.update(state, seconds, value);
    }

    private static List<Integer> openedAt(int points, IntToDoubleFunction value) {
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open("ensemble", DetectionSettings.DEFAULT);
        List<Integer> opened = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            long time = SyntheticSeries.START + i * 60_000L;
            if (evaluator.update(time, value.applyAsDouble(i)) == SeriesEvaluator.Change.OPENED) {
                opened.add(i);
            }
        }
        return opened;
    }
}
