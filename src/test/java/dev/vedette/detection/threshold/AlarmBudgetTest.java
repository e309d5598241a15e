package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class AlarmBudgetTest {
    @Test
    void oneAlarmAWeekIsTheDefaultThreshold() {
        assertEquals(0.6, AlarmBudget.threshold(1));
        assertEquals(1, AlarmBudget.alarmsPerWeek(0.6), 1e-9);
    }

    @Test
    void smallerBudgetNeedsAHigherThreshold() {
        double before = 0;
        for (double budget = AlarmBudget.MOST; budget >= AlarmBudget.LEAST; budget *= 0.9) {
            double threshold = AlarmBudget.threshold(budget);
            assertTrue(threshold > before, budget + " gives " + threshold);
            before = threshold;
        }
        assertTrue(before < 1);
    }

    @Test
    void thereAndBackIsTheSame() {
        for (double budget = 0.02; budget < 4; budget *= 1.3) {
            assertEquals(
                    budget,
                    AlarmBudget.alarmsPerWeek(AlarmBudget.threshold(budget)),
                    0.02 * budget);
        }
    }
}
