package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must see, and what each is there for. */
class SimpleAnomaliesTest {
    private static final int DAY = 288;
    private static final int POINTS = 14 * DAY;
    private static final int AT = 12 * DAY + 100;

    @ParameterizedTest
    @ValueSource(strings = {"ensemble", "ewma", "iqr", "seasonal", "isolation-forest", "rcf"})
    void anEngineOpensAnAnomalyAtAHugeSpike(String engine) {
        List<AnomalyResult> found = run(engine, (i, usual) -> i == AT ? usual + 80 : usual);
        assertTrue(found.stream().anyMatch(one -> spans(one, AT)), engine + " found " + found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ensemble", "seasonal", "isolation-forest", "rcf"})
    void anEngineLeavesAnOrdinaryFortnightAlone(String engine) {
        List<AnomalyResult> found = run(engine, (i, usual) -> usual);
        assertTrue(found.size() <= 4, engine + " found " + found.size());
    }

    @Test
    void theSeasonalEngineSeesAUsualValueAtAnUnusualHour() {
        // The wave's top, 60, where its bottom, 40, belongs: inside the range of every day.
        List<AnomalyResult> found =
                run("seasonal", (i, usual) -> i >= AT && i < AT + 12 ? 100 - usual : usual);
        AnomalyResult first =
                found.stream().filter(one -> spans(one, AT)).findFirst().orElseThrow();
        assertEquals(AnomalyKind.SEASONAL, first.kind());
    }

    @Test
    void theSeasonalEngineMovesItsDayWithDaylightSaving() {
        // Berlin sets its clocks forward on 2026-03-29; office hours follow the clock.
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        DetectionSettings settings =
                new DetectionSettings(0.6, DetectionSettings.Direction.BOTH, 0, 0, berlin);
        LocalTime clock = new LocalTime(berlin);
        SeriesEvaluator evaluator = EngineRegistry.standard().open("seasonal", settings);
        java.util.Random noise = new java.util.Random(5);
        long start = 1_772_323_200_000L; // 2026-03-01T00:00Z
        int alarmsAfter = 0;
        for (int i = 0; i < 40 * DAY; i++) {
            long time = start + i * 300_000L;
            long hour = Math.floorMod(clock.seconds(time), 86_400) / 3_600;
            double value = (hour >= 8 && hour < 18 ? 80 : 20) + noise.nextGaussian();
            boolean opened = evaluator.update(time, value) == SeriesEvaluator.Change.OPENED;
            alarmsAfter += opened && i > 27 * DAY ? 1 : 0;
        }
        assertTrue(alarmsAfter <= 2, alarmsAfter + " alarms after the change");
    }

    @Test
    void theIsolationForestSeesANewCombinationOfUsualFeatures() {
        // Values of the day's range, but jumping between its ends as they never did.
        SyntheticSeries points =
                SyntheticSeries.daily(
                        11,
                        POINTS,
                        (i, usual) -> i >= AT && i < AT + 12 ? (i % 2 == 0 ? 41 : 59) : usual);
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open("isolation-forest", DetectionSettings.DEFAULT);
        double usually = 0;
        double then = 0;
        for (int i = 0; i < AT + 12; i++) {
            evaluator.update(points.time(i), points.value(i));
            if (i > 2 * DAY && i < AT) {
                usually = Math.max(usually, evaluator.verdict().anomalyScore());
            } else if (i >= AT) {
                then = Math.max(then, evaluator.verdict().anomalyScore());
            }
        }
        assertTrue(then > usually, then + " is not above the ten days' highest, " + usually);
    }

    private static boolean spans(AnomalyResult found, int at) {
        long time = SyntheticSeries.START + at * 300_000L;
        return found.windowStart().toEpochMilli() <= time + 12 * 300_000L
                && found.windowEnd().toEpochMilli() >= time;
    }

    private static List<AnomalyResult> run(String engine, DoubleBinaryOperator change) {
        SyntheticSeries points = SyntheticSeries.daily(11, POINTS, change);
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open(engine, DetectionSettings.DEFAULT);
        List<AnomalyResult> found = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            if (evaluator.update(points.time(i), points.value(i))
                    == SeriesEvaluator.Change.CLOSED) {
                evaluator.anomaly().ifPresent(found::add);
            }
        }
        evaluator.anomaly().filter(AnomalyResult::open).ifPresent(found::add);
        return found;
    }
}
