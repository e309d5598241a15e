package dev.vedette.transaction.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TailCalibrationTest {
    @Test
    void rarityWithinTheSeenIsItsShare() {
        double[] scores = new double[10_000];
        Arrays.setAll(scores, i -> i / 10_000.0);
        TailCalibration calibration = TailCalibration.of(scores);
        assertEquals(1, calibration.rarity(0.9), 0.01);
        assertEquals(-Math.log10(0.5), calibration.rarity(0.5), 0.01);
        assertEquals(0, calibration.rarity(-1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void exponentialTailGoesOnBeyondTheSeen(long seed) {
        Random random = new Random(seed);
        double[] scores = new double[20_000];
        Arrays.setAll(scores, i -> -Math.log(1 - random.nextDouble()));
        TailCalibration calibration = TailCalibration.of(scores);
        // exp(-x): one in a million at 13.8, which 20 000 rows have hardly seen
        assertEquals(6, calibration.rarity(6 * Math.log(10)), 1.2, "seed " + seed);
    }

    @Test
    void rarityNeverFallsAsScoresRise() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double[] scores = new double[1 + random.nextInt(400)];
            Arrays.setAll(scores, i -> Math.rint(8 * random.nextGaussian()) / 4);
            TailCalibration calibration = TailCalibration.of(scores);
            double before = 0;
            for (double score = -8; score < 30; score += 0.05) {
                double rarity = calibration.rarity(score);
                assertTrue(rarity >= before - 1e-12, "seed " + seed + " at " + score);
                assertTrue(rarity <= TailCalibration.MOST_RARITY, "seed " + seed);
                before = rarity;
            }
            for (double score : scores) {
                assertTrue(calibration.rarity(score) >= 0, "seed " + seed + " at " + score);
            }
        }
    }

    @Test
    void oneRowInAHundredScoresOneHalf() {
        assertEquals(0.5, TailCalibration.score(2));
        assertEquals(0.6, TailCalibration.score(3), 1e-12);
        assertEquals(0, TailCalibration.score(0));
    }
}
