package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every engine, on random series. */
class EngineContractTest {
    private static final EngineRegistry ENGINES = withExternal();
    private static final int POINTS = 5_000;

    private static EngineRegistry withExternal() {
        List<DetectionEngine> engines = new ArrayList<>(EngineRegistry.complete().all());
        engines.add(new MerlionAnomalyEngine(new FlakyModel(), new EnsembleEngine()));
        return new EngineRegistry(engines);
    }

    static Stream<Arguments> enginesAndSeeds() {
        long fresh = Seeds.explored();
        return ENGINES.all().stream()
                .flatMap(engine ->
                        Stream.of(1L, 2L, 3L, fresh).map(seed -> Arguments.of(engine.id(), seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("enginesAndSeeds")
    void restoringAnywhereGoesOnBitIdentically(String engine, long seed) {
        Random random = new Random(seed);
        SyntheticSeries points = SyntheticSeries.wild(seed, points(engine));
        SeriesEvaluator through = ENGINES.open(engine, DetectionSettings.DEFAULT);
        SeriesEvaluator broken = ENGINES.open(engine, DetectionSettings.DEFAULT);
        for (int i = 0; i < points.length(); i++) {
            if (random.nextInt(200) == 0) {
                broken = ENGINES.restore(engine, DetectionSettings.DEFAULT, broken.snapshot());
            }
            assertEquals(
                    through.update(points.time(i), points.value(i)),
                    broken.update(points.time(i), points.value(i)));
            assertEquals(numbers(through.verdict()), numbers(broken.verdict()), "point " + i);
            assertEquals(through.anomaly(), broken.anomaly());
        }
        if (!engine.equals("rcf")) { // its library lays out its arrays as it comes to them
            assertArrayEquals(through.snapshot(), broken.snapshot());
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("enginesAndSeeds")
    void scoresLieInTheUnitIntervalAndBandsAreOrdered(String engine, long seed) {
        SyntheticSeries points = SyntheticSeries.wild(seed, points(engine));
        SeriesEvaluator evaluator = ENGINES.open(engine, DetectionSettings.DEFAULT);
        for (int i = 0; i < points.length(); i++) {
            evaluator.update(points.time(i), points.value(i));
            Verdict verdict = evaluator.verdict();
            assertTrue(verdict.anomalyScore() >= 0 && verdict.anomalyScore() <= 1, "point " + i);
            assertTrue(verdict.alarmScore() >= 0 && verdict.alarmScore() <= 1, "point " + i);
            if (verdict.state() == Verdict.State.JUDGED) {
                assertTrue(verdict.lower() <= verdict.expected(), "point " + i);
                assertTrue(verdict.expected() <= verdict.upper(), "point " + i);
            }
            for (int c = 0; c < Verdict.MAX_CHANNELS; c++) {
                assertTrue(verdict.evidence(c) >= 0 && verdict.evidence(c) <= 1, "point " + i);
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("enginesAndSeeds")
    void pointsOutOfOrderChangeNothing(String engine, long seed) {
        Random random = new Random(seed);
        SyntheticSeries points = SyntheticSeries.wild(seed, 1_000);
        SeriesEvaluator clean = ENGINES.open(engine, DetectionSettings.DEFAULT);
        SeriesEvaluator disturbed = ENGINES.open(engine, DetectionSettings.DEFAULT);
        for (int i = 0; i < points.length(); i++) {
            clean.update(points.time(i), points.value(i));
            disturbed.update(points.time(i), points.value(i));
            assertEquals(numbers(clean.verdict()), numbers(disturbed.verdict()), "point " + i);
            long late = disturbed.lastEpochMillis() - random.nextLong(10_000_000);
            assertEquals(
                    SeriesEvaluator.Change.NONE, disturbed.update(late, random.nextGaussian()));
            assertEquals(Verdict.State.OUT_OF_ORDER, disturbed.verdict().state());
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("enginesAndSeeds")
    void numbersAtTheEndsOfTheRangeSpoilNothing(String engine, long seed) {
        double[] ends = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0, -0.0};
        Random random = new Random(seed);
        SeriesEvaluator evaluator = ENGINES.open(engine, DetectionSettings.DEFAULT);
        for (int i = 0; i < 600; i++) {
            double value = i < 300 || i > 340 ? random.nextGaussian() : ends[random.nextInt(5)];
            evaluator.update(SyntheticSeries.START + i * 60_000L, value);
            Verdict verdict = evaluator.verdict();
            assertTrue(verdict.anomalyScore() >= 0 && verdict.anomalyScore() <= 1, "point " + i);
            assertTrue(verdict.alarmScore() >= 0 && verdict.alarmScore() <= 1, "point " + i);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("enginesAndSeeds")
    void damagedSnapshotIsRefused(String engine, long seed) {
        Random random = new Random(seed);
        SyntheticSeries points = SyntheticSeries.wild(seed, 300);
        SeriesEvaluator evaluator = ENGINES.open(engine, DetectionSettings.DEFAULT);
        for (int i = 0; i < 300; i++) {
            evaluator.update(points.time(i), points.value(i));
        }
        byte[] whole = evaluator.snapshot();
        for (int i = 0; i < 50; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertThrows(
                    CorruptSnapshotException.class,
                    () -> ENGINES.restore(engine, DetectionSettings.DEFAULT, damaged));
            assertThrows(
                    CorruptSnapshotException.class,
                    () -> ENGINES.restore(engine, DetectionSettings.DEFAULT, cut));
        }
    }

    /** Fewer for the engine that costs a hundred times the others. */
    private static int points(String engine) {
        return engine.equals("rcf") ? POINTS / 4 : POINTS;
    }

    private static List<Object> numbers(Verdict verdict) {
        List<Object> numbers = new ArrayList<>();
        numbers.add(verdict.state());
        numbers.add(verdict.anomalyScore());
        numbers.add(verdict.alarmScore());
        numbers.add(verdict.expected());
        numbers.add(verdict.lower());
        numbers.add(verdict.upper());
        numbers.add(verdict.kind());
        numbers.add(verdict.pointsToWarm());
        for (int c = 0; c < Verdict.MAX_CHANNELS; c++) {
            numbers.add(verdict.evidence(c));
        }
        return numbers;
    }
}
