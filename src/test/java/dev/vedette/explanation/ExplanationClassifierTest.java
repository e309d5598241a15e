package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.AnomalyType;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationClassifierTest {
    private static final int POINTS = 40;
    private final ExplanationClassifier classifier = new ExplanationClassifier();

    private static double[] each(IntToDoubleFunction value) {
        return IntStream.range(0, POINTS).mapToDouble(value).toArray();
    }

    private Classification classify(IntToDoubleFunction observed, IntToDoubleFunction expected) {
        return classifier.classify(
                each(observed),
                each(expected),
                each(i -> expected.applyAsDouble(i) - 1),
                each(i -> expected.applyAsDouble(i) + 1));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 20), LongStream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shapesHaveTheirNames(long seed) {
        Random random = new Random(seed);
        double level = 10 + 100 * random.nextDouble();
        double size = 4 + 20 * random.nextDouble();
        int at = random.nextInt(POINTS);
        double[] noise = random.doubles(POINTS, -0.4, 0.4).toArray();
        IntToDoubleFunction flat = _ -> level;
        IntToDoubleFunction wave = i -> level + 5 * Math.sin(i * 2 * Math.PI / POINTS);

        assertEquals(AnomalyKind.NORMAL, classify(i -> level + noise[i], flat).kind());
        assertEquals(
                AnomalyKind.SPIKE,
                classify(i -> level + noise[i] + (i == at ? size : 0), flat).kind());
        assertEquals(
                AnomalyKind.DIP,
                classify(i -> level + noise[i] - (i == at ? size : 0), flat).kind());
        assertEquals(AnomalyKind.LEVEL_SHIFT, classify(i -> level + noise[i] + size, flat).kind());
        assertEquals(
                AnomalyKind.LEVEL_SHIFT,
                classify(i -> wave.applyAsDouble(i) + noise[i] - size, wave).kind());
        assertEquals(
                AnomalyKind.TREND, classify(i -> level + noise[i] + size * i / 10, flat).kind());
        assertEquals(
                AnomalyKind.VARIANCE,
                classify(i -> level + noise[i] + (i % 2 == 0 ? size : -size), flat).kind());
        assertEquals(AnomalyKind.SEASONAL, classify(i -> level + noise[i], wave).kind());
        assertEquals(AnomalyKind.FLATLINE, classify(flat, flat).kind());
        assertEquals(
                AnomalyKind.MISSING, classify(i -> i % 2 == 0 ? Double.NaN : level, flat).kind());
    }

    @Test
    void confidenceGrowsWithTheSizeOfASpike() {
        double small = classify(i -> i == 3 ? 5 : i % 2 * 0.1, _ -> 0).confidence();
        double large = classify(i -> i == 3 ? 50 : i % 2 * 0.1, _ -> 0).confidence();
        assertTrue(small < large, small + " and " + large);
    }

    @Test
    void nothingToJudgeIsNormalAtNoConfidence() {
        double[] none = {};
        assertEquals(
                new Classification(AnomalyKind.NORMAL, 0),
                classifier.classify(none, none, none, none));
        double[] unknown = {Double.NaN, Double.NaN, Double.NaN};
        assertEquals(
                new Classification(AnomalyKind.NORMAL, 0),
                classifier.classify(new double[] {1, 2, 3}, unknown, unknown, unknown));
    }

    @Test
    void bandWithoutWidthStillJudges() {
        double[] zeros = new double[8];
        double[] values = new double[8];
        values[2] = 7;
        assertEquals(AnomalyKind.SPIKE, classifier.classify(values, zeros, zeros, zeros).kind());
        assertEquals(AnomalyKind.NORMAL, classifier.classify(zeros, zeros, zeros, zeros).kind());
    }

    @Test
    void windowsMustBeAligned() {
        double[] two = new double[2];
        double[] three = new double[3];
        assertThrows(
                IllegalArgumentException.class, () -> classifier.classify(two, three, two, two));
        assertThrows(
                IllegalArgumentException.class, () -> classifier.classify(two, two, three, two));
        assertThrows(
                IllegalArgumentException.class, () -> classifier.classify(two, two, two, three));
        assertThrows(
                IllegalArgumentException.class, () -> new Classification(AnomalyKind.SPIKE, 2));
    }

    @Test
    void foundAnomalyKeepsItsKind() {
        assertEquals(
                new Classification(AnomalyKind.SPIKE, 0.8),
                classifier.classify(anomaly(AnomalyKind.SPIKE, 97)));
        assertEquals(
                new Classification(AnomalyKind.DIP, 0.4),
                classifier.classify(anomaly(AnomalyKind.DIP, 40)));
        Classification shift = classifier.classify(anomaly(AnomalyKind.LEVEL_SHIFT, 40));
        assertEquals(0.8, shift.confidence());
        assertEquals(AnomalyType.TREND, shift.label());
    }

    private static AnomalyResult anomaly(AnomalyKind kind, double observed) {
        return new AnomalyResult(
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                0.9,
                kind,
                0.5,
                0.8,
                observed,
                40,
                31,
                48,
                1,
                Map.of());
    }
}
