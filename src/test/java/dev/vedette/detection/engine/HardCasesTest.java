package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series that break detectors: each once, with the default engine. */
class HardCasesTest {
    private static final EngineRegistry ENGINES = EngineRegistry.standard();
    private static final long MINUTE = 60_000;
    private static final long FIVE_MINUTES = 300_000;

    @Test
    void firstVerdictIsForetoldByTheUsualSpacing() {
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open("ensemble", DetectionSettings.DEFAULT);
        assertTrue(evaluator.warmAtMillis().isEmpty());
        for (int i = 0; i < 10; i++) {
            evaluator.update(i * 60_000L, 1 + i % 3);
        }
        long foretold = evaluator.warmAtMillis().orElseThrow();
        int i = 10;
        while (evaluator.verdict().state() == Verdict.State.WARMING_UP) {
            evaluator.update(i * 60_000L, 1 + i % 3);
            i++;
        }
        assertEquals((i - 1) * 60_000.0, (double) foretold, 60_000);
        assertTrue(evaluator.warmAtMillis().isEmpty());
    }

    @Test
    void constantSeriesThatStartsToMoveIsAnAnomalyAtThatPoint() {
        Random random = new Random(1);
        SyntheticSeries series =
                SyntheticSeries.of(3000, MINUTE, i -> i < 2000 ? 7 : 7 + random.nextGaussian());
        List<AnomalyResult> found = anomalies(series, DetectionSettings.DEFAULT);
        assertTrue(startsNear(found, series.time(2000), 3 * MINUTE), found.toString());
        assertTrue(before(found, series.time(2000)).isEmpty());
    }

    @Test
    void movingSeriesThatStandsStillIsAFlatline() {
        Random random = new Random(2);
        SyntheticSeries series =
                SyntheticSeries.of(3000, MINUTE, i -> i < 2000 ? random.nextGaussian() : 0.25);
        List<AnomalyResult> found =
                after(anomalies(series, DetectionSettings.DEFAULT), series, 1990);
        assertTrue(startsNear(found, series.time(2000), 60 * MINUTE), found.toString());
        assertEquals(AnomalyKind.FLATLINE, found.getFirst().kind());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void stepThatStaysIsStillOneOpenAnomalyAfterHalfAnHour(long seed) {
        Random random = new Random(seed);
        SyntheticSeries series =
                SyntheticSeries.of(
                        3030, MINUTE, i -> (i < 3000 ? 38 : 90) + 2 * random.nextGaussian());
        AnomalyResult last = anomalies(series, DetectionSettings.DEFAULT).getLast();
        assertTrue(last.open(), last.toString());
        assertEquals(series.time(3000), last.windowStart().toEpochMilli());
    }

    @Test
    void flatlineThatStaysBecomesUsual() {
        Random random = new Random(3);
        SyntheticSeries series =
                SyntheticSeries.of(6000, MINUTE, i -> i < 2000 ? random.nextGaussian() : 0.25);
        AnomalyResult last = anomalies(series, DetectionSettings.DEFAULT).getLast();
        assertFalse(last.open());
    }

    @Test
    void oneHugeOutlierEarlyDoesNotBlind() {
        Random random = new Random(4);
        SyntheticSeries series =
                SyntheticSeries.of(
                        2000,
                        MINUTE,
                        i -> i == 5 ? 1e9 : i == 1500 ? 30 : 10 + random.nextGaussian());
        List<AnomalyResult> found = anomalies(series, DetectionSettings.DEFAULT);
        assertTrue(startsNear(found, series.time(1500), 0), found.toString());
    }

    @Test
    void oneHugeOutlierLateDoesNotBlind() {
        Random random = new Random(5);
        SyntheticSeries series =
                SyntheticSeries.of(
                        6000,
                        FIVE_MINUTES,
                        i -> i == 2000 ? 1e9 : i == 5000 ? 40 : 10 + random.nextGaussian());
        List<AnomalyResult> found = anomalies(series, DetectionSettings.DEFAULT);
        assertTrue(startsNear(found, series.time(2000), 0), found.toString());
        assertTrue(startsNear(found, series.time(5000), 0), found.toString());
    }

    @Test
    void gapsAndMissingValuesRaiseNothing() {
        Random random = new Random(6);
        SyntheticSeries series =
                SyntheticSeries.daily(
                        6, 4000, (i, usual) -> random.nextInt(5) == 0 ? Double.NaN : usual);
        assertTrue(after(anomalies(series, DetectionSettings.DEFAULT), series, 1000).size() <= 2);
    }

    @Test
    void irregularStepsRaiseNothing() {
        Random random = new Random(7);
        SeriesEvaluator evaluator = ENGINES.open("ensemble", DetectionSettings.DEFAULT);
        long time = SyntheticSeries.START;
        int opened = 0;
        for (int i = 0; i < 4000; i++) {
            time += random.nextLong(1_000, 9 * MINUTE);
            if (evaluator.update(time, 5 + random.nextGaussian()) == SeriesEvaluator.Change.OPENED
                    && i > 1000) {
                opened++;
            }
        }
        assertTrue(opened <= 2, opened + " anomalies");
    }

    @Test
    void changeOfResolutionRaisesNothing() {
        Random random = new Random(8);
        SeriesEvaluator evaluator = ENGINES.open("ensemble", DetectionSettings.DEFAULT);
        long time = SyntheticSeries.START;
        int opened = 0;
        for (int i = 0; i < 6000; i++) {
            time += i < 3000 ? FIVE_MINUTES : 10_000;
            if (evaluator.update(time, 5 + random.nextGaussian()) == SeriesEvaluator.Change.OPENED
                    && i > 1000) {
                opened++;
            }
        }
        assertTrue(opened <= 3, opened + " anomalies");
    }

    @Test
    void counterThatResetsIsJudgedByItsRate() {
        Random random = new Random(9);
        double[] total = {0};
        SyntheticSeries series =
                SyntheticSeries.of(
                        4000,
                        MINUTE,
                        i -> {
                            double rate = i >= 3500 && i < 3510 ? 5000 : 100;
                            total[0] = i % 1000 == 999 ? 0 : total[0] + rate + random.nextInt(40);
                            return total[0];
                        });
        List<AnomalyResult> found =
                after(anomalies(series, DetectionSettings.DEFAULT), series, 500);
        assertEquals(1, found.size(), found.toString());
        assertEquals(Instant.ofEpochMilli(series.time(3500)), found.getFirst().windowStart());
    }

    @Test
    void saturationAtTheTopIsNoFlatlineWhereItIsUsual() {
        Random random = new Random(10);
        SyntheticSeries series =
                SyntheticSeries.of(
                        6000,
                        MINUTE,
                        i -> i / 200 % 2 == 0 ? 100 : Math.min(100, 90 + random.nextGaussian()));
        List<AnomalyResult> found =
                after(anomalies(series, DetectionSettings.DEFAULT), series, 3000);
        assertTrue(found.size() <= 1, found.toString());
    }

    @Test
    void levelShiftThatStaysIsTheNewNormalWithinAWeek() {
        SyntheticSeries series =
                SyntheticSeries.daily(11, 288 * 21, (i, usual) -> i < 288 * 7 ? usual : usual + 40);
        List<AnomalyResult> found = anomalies(series, DetectionSettings.DEFAULT);
        AnomalyResult shift =
                found.stream()
                        .filter(a -> a.peakAt().toEpochMilli() >= series.time(288 * 7))
                        .findFirst()
                        .orElseThrow();
        assertEquals(AnomalyType.TREND, shift.label());
        AnomalyResult last = found.getLast();
        assertFalse(last.open(), found.toString());
        Duration took =
                Duration.between(Instant.ofEpochMilli(series.time(288 * 7)), last.windowEnd());
        assertTrue(took.compareTo(Duration.ofDays(7)) <= 0, "took " + took);
    }

    @Test
    void daysFollowTheZoneThroughDaylightSaving() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        // Office hours by the wall clock; the clocks go forward on 2026-03-29.
        Random random = new Random(12);
        long start = Instant.parse("2026-03-08T23:00:00Z").toEpochMilli();
        SeriesEvaluator wall = ENGINES.open("ensemble", in(berlin));
        double worst = 0;
        for (int i = 0; i < 288 * 28; i++) {
            long time = start + i * FIVE_MINUTES;
            int hour = Instant.ofEpochMilli(time).atZone(berlin).getHour();
            double value = (hour >= 9 && hour < 17 ? 80 : 20) + random.nextGaussian();
            wall.update(time, value);
            boolean afterTheChange = i > 288 * 21 && i < 288 * 22;
            if (afterTheChange) {
                worst = Math.max(worst, Math.abs(value - wall.verdict().expected()));
            }
        }
        assertTrue(worst < 30, "off by " + worst);
    }

    @Test
    void theHourThatComesTwiceInAutumnRaisesNothing() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        // The clocks go back on 2026-10-25: 02:00 to 03:00 happens twice.
        Random random = new Random(16);
        long start = Instant.parse("2026-10-04T22:00:00Z").toEpochMilli();
        SeriesEvaluator wall = ENGINES.open("ensemble", in(berlin));
        int opened = 0;
        double worst = 0;
        for (int i = 0; i < 288 * 24; i++) {
            long time = start + i * FIVE_MINUTES;
            int hour = Instant.ofEpochMilli(time).atZone(berlin).getHour();
            double value = (hour >= 2 && hour < 17 ? 80 : 20) + random.nextGaussian();
            boolean opens = wall.update(time, value) == SeriesEvaluator.Change.OPENED;
            if (i > 288 * 20) {
                opened += opens ? 1 : 0;
                worst = Math.max(worst, Math.abs(value - wall.verdict().expected()));
            }
        }
        assertTrue(worst < 30, "off by " + worst);
        assertTrue(opened <= 1, opened + " anomalies");
    }

    @ParameterizedTest(name = "{0} s between points, from day {1}")
    @CsvSource({"10, 4", "60, 4", "300, 4", "60, 5", "300, 5"})
    void bandStaysWhereItWasForTheFirstHoursOfAShift(int step, int weekday) {
        Random random = new Random(17);
        int day = 86_400 / step;
        int at = (7 + weekday) * day + day / 3;
        SeriesEvaluator evaluator = ENGINES.open("ensemble", DetectionSettings.DEFAULT);
        for (int i = 0; i < at + Math.min(day / 4, 1000); i++) {
            double usual = 38 + 10 * Math.sin(2 * Math.PI * i / day);
            double value = usual + 2 * random.nextGaussian() + (i >= at ? 50 : 0);
            evaluator.update(SyntheticSeries.START + i * 1000L * step, value);
            if (i >= at) {
                double off = evaluator.verdict().expected() - usual;
                assertTrue(
                        Math.abs(off) < 10, (i - at) + " points later the band is off by " + off);
            }
        }
    }

    @Test
    void coarserStepsRaiseNothing() {
        Random random = new Random(18);
        SeriesEvaluator evaluator = ENGINES.open("ensemble", DetectionSettings.DEFAULT);
        long time = SyntheticSeries.START;
        int opened = 0;
        for (int i = 0; i < 20_000; i++) {
            time += i < 16_000 ? 30_000 : FIVE_MINUTES;
            double usual = 50 + 10 * Math.sin(2 * Math.PI * time / 86_400_000.0);
            boolean opens =
                    evaluator.update(time, usual + random.nextGaussian())
                            == SeriesEvaluator.Change.OPENED;
            opened += opens && i > 10_000 ? 1 : 0;
        }
        assertTrue(opened <= 3, opened + " anomalies");
    }

    @Test
    void holesAndWhatComesLateRaiseNothing() {
        Random random = new Random(19);
        SeriesEvaluator evaluator = ENGINES.open("ensemble", DetectionSettings.DEFAULT);
        int opened = 0;
        for (int i = 0; i < 288 * 14; i++) {
            long time = SyntheticSeries.START + i * FIVE_MINUTES;
            boolean hole = i > 2000 && i % 300 < 40;
            double usual = 50 + 10 * Math.sin(2 * Math.PI * i / 288);
            double value = usual + random.nextGaussian();
            boolean opens = !hole && evaluator.update(time, value) == SeriesEvaluator.Change.OPENED;
            if (!hole) {
                evaluator.update(time - 5 * FIVE_MINUTES, 1e6);
            }
            opened += opens && i > 1000 ? 1 : 0;
        }
        assertTrue(opened <= 2, opened + " anomalies");
    }

    @Test
    void idleAtZeroIsNoFlatlineWhereItIsUsual() {
        Random random = new Random(20);
        SyntheticSeries series =
                SyntheticSeries.of(
                        8000,
                        MINUTE,
                        i -> i / 150 % 3 == 0 ? Math.max(0, 20 + 3 * random.nextGaussian()) : 0);
        List<AnomalyResult> found =
                after(anomalies(series, DetectionSettings.DEFAULT), series, 4000);
        assertTrue(found.size() <= 1, found.toString());
    }

    @Test
    void pointsOutOfOrderChangeNothing() {
        SeriesEvaluator evaluator = ENGINES.open("ensemble", DetectionSettings.DEFAULT);
        SyntheticSeries series = SyntheticSeries.daily(13, 500, (i, usual) -> usual);
        for (int i = 0; i < series.length(); i++) {
            evaluator.update(series.time(i), series.value(i));
        }
        byte[] before = evaluator.snapshot();
        evaluator.update(series.time(499), 1e6);
        evaluator.update(series.time(100), 1e6);
        assertArrayEquals(before, evaluator.snapshot());
        assertEquals(Verdict.State.OUT_OF_ORDER, evaluator.verdict().state());
    }

    @Test
    void flappingSeriesIsOneAnomaly() {
        SyntheticSeries series =
                SyntheticSeries.daily(
                        14,
                        288 * 9,
                        (i, usual) -> i >= 2100 && i < 2160 && i % 3 != 0 ? usual + 40 : usual);
        List<AnomalyResult> found =
                after(anomalies(series, DetectionSettings.DEFAULT), series, 2000);
        assertEquals(1, found.size(), found.toString());
    }

    @Test
    void directionAndLeastDeviationGateTheOpening() {
        SyntheticSeries series =
                SyntheticSeries.daily(
                        15, 288 * 9, (i, usual) -> i >= 2000 && i < 2006 ? usual - 40 : usual);
        DetectionSettings above =
                new DetectionSettings(
                        0.6, DetectionSettings.Direction.ABOVE, 0, 0, ZoneId.of("UTC"));
        DetectionSettings far =
                new DetectionSettings(
                        0.6, DetectionSettings.Direction.BOTH, 100, 0, ZoneId.of("UTC"));
        assertTrue(startsNear(anomalies(series, DetectionSettings.DEFAULT), series.time(2000), 0));
        assertFalse(startsNear(anomalies(series, above), series.time(2000), 0));
        assertTrue(anomalies(series, far).isEmpty());
    }

    private static DetectionSettings in(ZoneId zone) {
        return new DetectionSettings(0.6, DetectionSettings.Direction.BOTH, 0, 0, zone);
    }

    /** Every anomaly in its last form, the open one included. */
    private static List<AnomalyResult> anomalies(
            SyntheticSeries series, DetectionSettings settings) {
        SeriesEvaluator evaluator = ENGINES.open("ensemble", settings);
        List<AnomalyResult> found = new ArrayList<>();
        for (int i = 0; i < series.length(); i++) {
            if (evaluator.update(series.time(i), series.value(i))
                    == SeriesEvaluator.Change.CLOSED) {
                found.add(evaluator.anomaly().orElseThrow());
            }
        }
        evaluator.anomaly().filter(AnomalyResult::open).ifPresent(found::add);
        return found;
    }

    private static boolean startsNear(List<AnomalyResult> found, long time, long tolerance) {
        return found.stream()
                .mapToLong(a -> a.windowStart().toEpochMilli() - time)
                .anyMatch(late -> late >= 0 && late <= tolerance);
    }

    private static List<AnomalyResult> before(List<AnomalyResult> found, long time) {
        return found.stream().filter(a -> a.windowStart().toEpochMilli() < time).toList();
    }

    private static List<AnomalyResult> after(
            List<AnomalyResult> found, SyntheticSeries series, int index) {
        return found.stream()
                .filter(a -> a.windowStart().toEpochMilli() >= series.time(index))
                .toList();
    }
}
