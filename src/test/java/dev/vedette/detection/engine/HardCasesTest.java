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
import org.junit.jupiter.params.provider.ValueSource;

/** Series that break detectors: each once, with the default engine. */
class HardCasesTest {
    private static final EngineRegistry ENGINES = EngineRegistry.standard();
    private static final long MINUTE = 60_000;
    private static final long FIVE_MINUTES = 300_000;

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
