package dev.vedette.transaction.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EmpiricalTailsTest {
    @Test
    void scoreIsTheSumOfTheSmallerTails() {
        FeatureRows rows = new FeatureRows(1, new double[] {1, 2, 2, 3, 10});
        OutlierModel model = EmpiricalTails.fit(rows);
        assertEquals(-Math.log(1 / 5.0), model.score(new double[] {1}), 1e-12);
        assertEquals(-Math.log(3 / 5.0), model.score(new double[] {2}), 1e-12);
        assertEquals(-Math.log(1 / 5.0), model.score(new double[] {10}), 1e-12);
        assertEquals(-Math.log(0.5 / 5), model.score(new double[] {11}), 1e-12);
    }

    @Test
    void stretchingAFeatureChangesNothing() {
        FeatureRows rows = Samples.independent(500, 11);
        double[] stretched = Arrays.stream(rows.values()).map(Math::exp).toArray();
        FeatureRows other = new FeatureRows(4, stretched);
        assertArrayEquals(
                CalibratedModel.scores(EmpiricalTails.fit(rows), rows),
                CalibratedModel.scores(EmpiricalTails.fit(other), other),
                1e-12);
    }

    @Test
    void thinnedValuesGiveNearlyTheScoreOfAll() {
        double[] values = new double[100_000];
        Arrays.setAll(values, i -> Math.sqrt(i));
        OutlierModel model = EmpiricalTails.fit(new FeatureRows(1, values));
        for (int i : new int[] {3, 500, 30_000, 50_000, 77_777, 99_998}) {
            double smaller = Math.min(i + 1, values.length - i) / 100_000.0;
            assertEquals(
                    -Math.log(smaller), model.score(new double[] {values[i]}), 0.01, "at " + i);
        }
    }
}
