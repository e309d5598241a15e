package dev.vedette.aggregation;

import static dev.vedette.aggregation.AggregationStrategy.MAX;
import static dev.vedette.aggregation.AggregationStrategy.MEAN;
import static dev.vedette.aggregation.AggregationStrategy.P95;
import static dev.vedette.aggregation.AggregationStrategy.WEIGHTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AggregationStrategyTest {
    private static final double[] CPU_AND_MEMORY = {0.9, 0.1};

    @Test
    void processorAndMemoryOfTheFirstDesign() {
        assertEquals(0.9, MAX.aggregate(CPU_AND_MEMORY));
        assertEquals(0.5, MEAN.aggregate(CPU_AND_MEMORY));
        assertEquals(0.9, P95.aggregate(CPU_AND_MEMORY));
        assertEquals(0.5, WEIGHTED.aggregate(CPU_AND_MEMORY));
        assertEquals(0.7, WEIGHTED.aggregate(CPU_AND_MEMORY, new double[] {3, 1}), 1e-15);
    }

    @ParameterizedTest
    @EnumSource
    void noScoresAreNothingStrange(AggregationStrategy strategy) {
        assertEquals(0, strategy.aggregate(new double[0]));
    }

    @Test
    void weightsOfZeroLeaveScoresOut() {
        assertEquals(0.1, WEIGHTED.aggregate(CPU_AND_MEMORY, new double[] {0, 2}));
        assertEquals(0, WEIGHTED.aggregate(CPU_AND_MEMORY, new double[] {0, 0}));
    }

    @Test
    void percentileIsTheNearestRank() {
        assertEquals(1.00, P95.aggregate(hundredths(1, 100, 19)));
        assertEquals(0.19, P95.aggregate(hundredths(1, 1, 20)), 1e-12);
        assertEquals(0.95, P95.aggregate(hundredths(1, 1, 100)), 1e-12);
    }

    /** {@code count} scores, 0.01 apart, the last {@code last} hundredths when that is 100. */
    private static double[] hundredths(int first, int last, int count) {
        double[] scores = IntStream.range(0, count).mapToDouble(i -> (first + i) / 100.0).toArray();
        if (last == 100) {
            scores[count - 1] = 1;
        }
        return scores;
    }

    @ParameterizedTest
    @EnumSource
    void scoresAndWeightsOutOfRangeAreRefusedWithTheirValue(AggregationStrategy strategy) {
        assertRefused("1.5", strategy, new double[] {1.5}, new double[] {1});
        assertRefused("-0.1", strategy, new double[] {-0.1}, new double[] {1});
        assertRefused("NaN", strategy, new double[] {Double.NaN}, new double[] {1});
        assertRefused("-1.0", strategy, new double[] {0.5}, new double[] {-1});
        assertRefused("Infinity", strategy, new double[] {0.5}, new double[] {1.0 / 0});
        assertRefused("are 1 and 2", strategy, new double[] {0.5}, new double[] {1, 1});
    }

    private static void assertRefused(
            String part, AggregationStrategy strategy, double[] scores, double[] weights) {
        String message =
                Objects.toString(
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> strategy.aggregate(scores, weights))
                                .getMessage());
        assertTrue(message.contains(part), message);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 50), LongStream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void orderDoesNotMatterAndTheResultLiesBetweenTheScores(long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(60);
        double[] scores = random.doubles(count).toArray();
        double[] weights = random.doubles(count, 0.1, 5).toArray();
        double[] scoresBefore = scores.clone();
        int turn = random.nextInt(count);
        for (AggregationStrategy strategy : AggregationStrategy.values()) {
            double result = strategy.aggregate(scores, weights);
            assertEquals(result, strategy.aggregate(turned(scores, turn), turned(weights, turn)));
            assertTrue(result >= Arrays.stream(scores).min().orElseThrow());
            assertTrue(result <= Arrays.stream(scores).max().orElseThrow());
        }
        assertEquals(Arrays.toString(scoresBefore), Arrays.toString(scores));
        assertTrue(MAX.aggregate(scores) >= P95.aggregate(scores));
    }

    private static double[] turned(double[] values, int by) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[(i + by) % values.length])
                .toArray();
    }

    @Test
    void labelsAreReadInAnyCase() {
        assertEquals(P95, AggregationStrategy.of("P95"));
        assertEquals("weighted", WEIGHTED.label());
        assertThrows(IllegalArgumentException.class, () -> AggregationStrategy.of("median"));
    }
}
