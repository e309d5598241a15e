package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a model's scores, and of its silence. */
class MerlionAnomalyEngineTest {
    private static final int POINTS = 300;
    private static final int SPIKE = 250;
    private static final SyntheticSeries SERIES =
            SyntheticSeries.of(POINTS, 60_000, i -> i == SPIKE ? 90 : 50 + i % 3);

    /** Says 1 of every point but the spike, and how it was asked. */
    private static final class Scripted implements ExternalModel {
        private final List<Integer> sent = new ArrayList<>();
        private boolean isDown;

        @Override
        public Scores detect(long[] epochMillis, double[] values) {
            double[] sigmas = new double[values.length];
            Arrays.setAll(sigmas, i -> i < 100 ? Double.NaN : values[i] > 80 ? -5 : 1);
            return answer(sigmas);
        }

        @Override
        public Scores update(byte[] state, long[] epochMillis, double[] values) {
            sent.add(values.length);
            return answer(Arrays.stream(values).map(value -> value > 80 ? 5 : 1).toArray());
        }

        private Scores answer(double[] sigmas) {
            if (isDown) {
                throw new ExternalModelException(
                        ExternalModelException.Reason.UNAVAILABLE, "is down");
            }
            return new Scores(sigmas, new byte[0]);
        }
    }

    private final Scripted model = new Scripted();
    private final MerlionAnomalyEngine engine =
            new MerlionAnomalyEngine(model, new EnsembleEngine());

    @Test
    void scoresOfAWholeSeriesBecomeASpikeWithItsWindow() {
        SeriesEvaluator evaluator = engine.judging(DetectionSettings.DEFAULT, times(), values());
        AnomalyResult found = run(evaluator).getFirst();
        assertEquals("merlion", evaluator.engine());
        assertEquals(SERIES.time(SPIKE), found.windowStart().toEpochMilli());
        assertEquals(AnomalyKind.SPIKE, found.kind());
        assertEquals(90, found.observed());
        assertTrue(found.lower() > 40 && found.upper() < 60, found.toString());
    }

    @Test
    void pointsWithoutAScoreAreWarmUp() {
        SeriesEvaluator evaluator = engine.judging(DetectionSettings.DEFAULT, times(), values());
        evaluator.update(SERIES.time(0), SERIES.value(0));
        assertEquals(Verdict.State.WARMING_UP, evaluator.verdict().state());
    }

    @Test
    void aSilentModelLeavesAWholeSeriesToTheDefaultEngine() {
        model.isDown = true;
        SeriesEvaluator evaluator = engine.judging(DetectionSettings.DEFAULT, times(), values());
        assertEquals("ensemble", evaluator.engine());
        assertEquals(SERIES.time(SPIKE), run(evaluator).getFirst().windowStart().toEpochMilli());
    }

    @Test
    void aModelThatDiesLeavesNextPointsToTheDefaultEngineWhichIsWarm() {
        SeriesDetector detector = engine.open(DetectionSettings.DEFAULT);
        SeriesDetector alone = new EnsembleEngine().open(DetectionSettings.DEFAULT);
        Verdict verdict = new Verdict();
        Verdict expected = new Verdict();
        for (int i = 0; i < 200; i++) {
            model.isDown = i >= 150;
            detector.update(SERIES.time(i), SERIES.value(i), verdict);
            alone.update(SERIES.time(i), SERIES.value(i), expected);
        }
        assertEquals(expected.anomalyScore(), verdict.anomalyScore());
        assertEquals(expected.expected(), verdict.expected());
    }

    @Test
    void pointsMissedAreSentWhenTheModelIsBackUpToABound() {
        SeriesDetector detector = engine.open(DetectionSettings.DEFAULT);
        Verdict verdict = new Verdict();
        for (int i = 0; i < 300; i++) {
            model.isDown = i >= 10 && i < 299;
            detector.update(SERIES.time(i), SERIES.value(i), verdict);
        }
        assertEquals(256, model.sent.getLast());
        detector.update(SERIES.time(299) + 60_000, 50, verdict);
        assertEquals(1, model.sent.getLast());
    }

    private static List<AnomalyResult> run(SeriesEvaluator evaluator) {
        List<AnomalyResult> found = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            if (evaluator.update(SERIES.time(i), SERIES.value(i))
                    == SeriesEvaluator.Change.CLOSED) {
                evaluator.anomaly().ifPresent(found::add);
            }
        }
        evaluator.anomaly().filter(AnomalyResult::open).ifPresent(found::add);
        return found;
    }

    private static long[] times() {
        long[] times = new long[POINTS];
        Arrays.setAll(times, SERIES::time);
        return times;
    }

    private static double[] values() {
        double[] values = new double[POINTS];
        Arrays.setAll(values, SERIES::value);
        return values;
    }
}
