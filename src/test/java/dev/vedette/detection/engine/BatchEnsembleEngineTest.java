package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hindsight adds, and that it stays out of live detection. */
class BatchEnsembleEngineTest {
    private static final int DAY = 288;
    private static final int POINTS = 10 * DAY;

    private final BatchEnsembleEngine engine = new BatchEnsembleEngine();

    @Test
    void aSpikeAmongTheFirstPointsIsSeen() {
        // The twentieth point: live engines are still warming up.
        SyntheticSeries points =
                SyntheticSeries.daily(21, POINTS, (i, usual) -> i == 20 ? usual + 60 : usual);
        List<AnomalyResult> found = found(engine, DetectionSettings.DEFAULT, points);
        assertTrue(
                found.stream()
                        .anyMatch(one ->
                                one.windowStart().toEpochMilli() == points.time(20)
                                        && one.observed() > 90),
                "found " + found);
    }

    @Test
    void anOrdinaryStretchIsLeftAloneInEveryZone() {
        for (String zone : List.of("UTC", "Asia/Kolkata", "America/New_York")) {
            DetectionSettings settings =
                    new DetectionSettings(
                            0.6, DetectionSettings.Direction.BOTH, 0, 0, ZoneId.of(zone));
            SyntheticSeries points = SyntheticSeries.daily(22, POINTS, (i, usual) -> usual);
            List<AnomalyResult> found = found(engine, settings, points);
            assertTrue(found.size() <= 2, zone + " found " + found);
        }
    }

    @Test
    void anEmptyStretchAndAStretchOfGapsHaveNoAnomalies() {
        assertEquals(
                List.of(),
                found(engine, DetectionSettings.DEFAULT, SyntheticSeries.of(0, 60_000, i -> 0)));
        SyntheticSeries gaps = SyntheticSeries.of(100, 60_000, i -> Double.NaN);
        assertEquals(List.of(), found(engine, DetectionSettings.DEFAULT, gaps));
    }

    private static List<AnomalyResult> found(
            WholeSeriesEngine engine, DetectionSettings settings, SyntheticSeries points) {
        long[] times = new long[points.length()];
        double[] values = new double[points.length()];
        Arrays.setAll(times, points::time);
        Arrays.setAll(values, points::value);
        SeriesEvaluator evaluator = engine.judging(settings, times, values);
        List<AnomalyResult> found = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (evaluator.update(times[i], values[i]) == SeriesEvaluator.Change.CLOSED) {
                evaluator.anomaly().ifPresent(found::add);
            }
        }
        evaluator.anomaly().filter(AnomalyResult::open).ifPresent(found::add);
        return found;
    }
}
