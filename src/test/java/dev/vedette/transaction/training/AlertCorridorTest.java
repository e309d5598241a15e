package dev.vedette.transaction.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlertCorridorTest {
    private static final AlertCorridor AROUND_A_TENTH = AlertCorridor.around(0.1, 5);

    @Test
    void corridorIsTheTrialManyTimesMoreOrLess() {
        assertEquals(0.02, AROUND_A_TENTH.least(), 1e-12);
        assertEquals(0.5, AROUND_A_TENTH.most(), 1e-12);
        assertEquals(1, AlertCorridor.around(0.4, 5).most());
    }

    @Test
    void trialWithoutAlertsAllowsSome() {
        AlertCorridor corridor = AlertCorridor.around(0, 5);
        assertFalse(corridor.isLeftBy(new AlertVolume(5000, 100)));
        assertTrue(corridor.isLeftBy(new AlertVolume(5000, 250)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "1, 1, false",
        "10, 10, false",
        "100, 100, true",
        "100, 60, false",
        "1000, 560, false",
        "1000, 570, true",
        "100, 0, false",
        "1000, 0, true",
        "1000, 5, false"
    })
    void fewDecisionsProveNothing(long decisions, long alerts, boolean isLeft) {
        assertEquals(isLeft, AROUND_A_TENTH.isLeftBy(new AlertVolume(decisions, alerts)));
    }

    @Test
    void modelAtTheBorderIsRarelyTakenForBroken() {
        long seed = 11;
        Random random = new Random(seed);
        int left = 0;
        for (int look = 0; look < 20_000; look++) {
            int alerts = 0;
            for (int i = 0; i < 200; i++) {
                alerts += random.nextDouble() < AROUND_A_TENTH.most() ? 1 : 0;
            }
            left += AROUND_A_TENTH.isLeftBy(new AlertVolume(200, alerts)) ? 1 : 0;
        }
        assertTrue(left <= 5, left + " of 20 000 looks, seed " + seed);
    }
}
