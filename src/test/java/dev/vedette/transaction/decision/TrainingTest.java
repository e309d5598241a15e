package dev.vedette.transaction.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.Training.Label;
import dev.vedette.transaction.decision.Training.Past;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.Payments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrainingTest {
    private static final Training TRAINING =
            new Training(
                    FeatureSet.STANDARD, DecisionModel.MODELS, 0.6, DecisionSettings.DEFAULT, 1);

    @Test
    void fraudAmongOrdinaryPaymentsIsRankedFirst() {
        Training.Trial trial = TRAINING.run(labelled(true)).trial();
        assertEquals(1800, trial.learnt());
        assertEquals(1200, trial.judged());
        RankMeasures measures = trial.measures().orElseThrow();
        assertTrue(measures.auroc() > 0.95, measures.toString());
        assertTrue(measures.averagePrecision() > 0.6, measures.toString());
        assertTrue(trial.alertShare() < 0.05, "alerts " + trial.alertShare());
    }

    @Test
    void orderOfThePastAndLabelsChangeNothingInTheModel() {
        List<Past> past = labelled(true);
        byte[] model = TRAINING.run(past).model().toBytes();
        List<Past> shuffled = labelled(false);
        Collections.shuffle(shuffled, new Random(3));
        assertArrayEquals(model, TRAINING.run(shuffled).model().toBytes());
    }

    @Test
    void withoutLabelsThereIsNoRanking() {
        Training.Trial trial = TRAINING.run(labelled(false)).trial();
        assertEquals(0, trial.labelled());
        assertTrue(trial.measures().isEmpty());
    }

    @Test
    void averagePrecisionAndAreaAreThoseOfTheDefinition() {
        double[] scores = {0.9, 0.8, 0.7, 0.7, 0.1};
        boolean[] positive = {true, false, true, false, false};
        RankMeasures measures = RankMeasures.of(scores, positive);
        assertEquals((1.0 + 2 / 4.0) / 2, measures.averagePrecision(), 1e-12);
        assertEquals((3 + 1.5) / 6, measures.auroc(), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> RankMeasures.of(new double[] {1, 2}, new boolean[2]));
    }

    /** Every 40th payment is a large one abroad. */
    private static List<Past> labelled(boolean known) {
        List<Past> past = new ArrayList<>();
        for (Transaction one : Payments.ordinary(3000, 9)) {
            boolean fraud = past.size() % 40 == 39;
            long at = one.time().getEpochSecond() - Payments.START.getEpochSecond();
            Transaction used =
                    fraud
                            ? Payments.payment(
                                    one.account(), at, 40 * one.amount(), "m" + at, "B" + at % 7)
                            : one;
            Label label = fraud ? Label.FRAUD : Label.LEGITIMATE;
            past.add(new Past(used, known ? label : Label.UNKNOWN));
        }
        return past;
    }
}
