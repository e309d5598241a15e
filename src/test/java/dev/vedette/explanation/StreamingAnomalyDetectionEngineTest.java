package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyExplanation;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.series.Labels;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamingAnomalyDetectionEngineTest {
    private static final long SEED = 7;
    private final EngineRegistry registry = EngineRegistry.standard();
    private final StreamingAnomalyDetectionEngine engine =
            new StreamingAnomalyDetectionEngine(
                    registry, "ewma", DetectionSettings.DEFAULT, new Explainer(Phrases.ENGLISH));

    private static MetricSeries noiseWithJumps(int points, int... jumps) {
        Random random = new Random(SEED);
        long[] millis = new long[points];
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            millis[i] = 1_795_000_000_000L + i * 60_000L;
            values[i] = 40 + random.nextGaussian();
        }
        for (int jump : jumps) {
            values[jump] += 50;
        }
        SeriesKey key =
                new SeriesKey(new TenantId("acme"), "eu", "api-05", "cpu_usage", Labels.NONE);
        return new MetricSeries(key, millis, values, Map.of("unit", "percent"));
    }

    @Test
    void closedAndOpenAnomaliesAreFoundOldestFirstAndExplained() {
        MetricSeries series = noiseWithJumps(2000, 1000, 1999);
        List<AnomalyResult> found = engine.detect(series);
        assertTrue(
                found.stream()
                        .anyMatch(a -> a.windowStart().toEpochMilli() == series.epochMillis(1000)),
                found.toString());
        assertTrue(found.getLast().open());
        assertFalse(found.getFirst().open());
        AnomalyExplanation explanation = engine.explain(series, found.getLast());
        assertEquals(found.getLast().kind(), explanation.kind());
        assertTrue(explanation.text().startsWith("CPU on api-05 "), explanation.text());
    }

    @Test
    void seriesWithoutPointsHasNoAnomalies() {
        assertEquals(List.of(), engine.detect(noiseWithJumps(0)));
    }

    @Test
    void unknownEngineIsRefusedAtOnce() {
        assertThrows(
                UnknownEngineException.class,
                () ->
                        new StreamingAnomalyDetectionEngine(
                                registry,
                                "voodoo",
                                DetectionSettings.DEFAULT,
                                new Explainer(Phrases.ENGLISH)));
    }
}
