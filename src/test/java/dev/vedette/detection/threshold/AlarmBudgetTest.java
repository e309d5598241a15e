package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AlarmBudgetTest {
    @ParameterizedTest
    @EnumSource
    void oneAlarmAWeekIsTheDefaultThreshold(AlarmBudget scale) {
        assertEquals(0.6, scale.threshold(1));
        assertEquals(1, scale.alarmsPerWeek(0.6), 1e-9);
    }

    @ParameterizedTest
    @EnumSource
    void smallerBudgetNeedsAHigherThreshold(AlarmBudget scale) {
        double before = 0;
        for (double budget = AlarmBudget.MOST; budget >= AlarmBudget.LEAST; budget *= 0.9) {
            double threshold = scale.threshold(budget);
            assertTrue(threshold > before, budget + " gives " + threshold);
            before = threshold;
        }
        assertTrue(before < 1);
    }

    @ParameterizedTest
    @EnumSource
    void thereAndBackIsTheSame(AlarmBudget scale) {
        for (double budget = 0.02; budget < 4; budget *= 1.3) {
            assertEquals(budget, scale.alarmsPerWeek(scale.threshold(budget)), 0.03 * budget);
        }
    }
}
