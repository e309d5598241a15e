package dev.vedette.transaction.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.Payments;
import dev.vedette.transaction.model.BroughtModel;
import dev.vedette.transaction.onnx.OnnxFiles;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions of which an ONNX model is a part. */
final class BroughtDecisionTest {
    private static final FeatureSet SET = FeatureSet.STANDARD;
    private static final DecisionSettings SETTINGS = new DecisionSettings(0.55, 0.7, List.of());
    private static final List<Training.Past> PAST =
            Payments.ordinary(4000, 1).stream()
                    .map(one -> new Training.Past(one, Training.Label.UNKNOWN))
                    .toList();
    private static final ModelSource FOREST =
            new ModelSource.Brought(
                    List.of("amount_z", "new_country", "burst_1h", "country_surprise"),
                    new BroughtModel.Source(OnnxFiles.read("forest.onnx"), "", true));

    private static Transaction payment(double amount, String country) {
        Transaction last = PAST.getLast().transaction();
        Instant after = last.time().plusSeconds(60);
        return new Transaction(
                "p", "a5", after, amount, "EUR", "m6", country, "pos", last.attributes());
    }

    private static Judgement decide(DecisionModel model, Training.Result trained, Transaction one) {
        Deque<byte[]> histories = new ArrayDeque<>(trained.histories().snapshot(10_000).all());
        FeatureEngine engine = FeatureEngine.restore(SET, histories::remove);
        return model.decide(
                one, engine.update(one), List.of(), model.recentStrangeness(), SETTINGS);
    }

    @Test
    void broughtModelHasItsPartAndIsReadBackTheSame() {
        Training.Result trained = new Training(SET, FOREST, 0.8, SETTINGS, 1).run(PAST);
        assertTrue(trained.trial().alertShare() < 0.05, trained.trial().toString());
        Judgement ordinary = decide(trained.model(), trained, payment(10, "CZ"));
        Judgement strange = decide(trained.model(), trained, payment(5000, "KP"));
        assertEquals(Outcome.APPROVE, ordinary.outcome());
        assertTrue(strange.outcome() != Outcome.APPROVE, strange.toString());
        assertTrue(strange.models() > 0.5 && strange.models() < 1, strange.toString());
        assertTrue(
                strange.reasons().stream().anyMatch(Ground.UnusualCombination.class::isInstance),
                strange.toString());
        DecisionModel again = DecisionModel.restore(SET, trained.model().toBytes());
        assertEquals(strange, decide(again, trained, payment(5000, "KP")));
    }

    @Test
    void featureThatTheModelLooksAtMustStayDeclaredThoughItIsNotJudged() {
        byte[] bytes = new Training(SET, FOREST, 0.8, SETTINGS, 1).run(PAST).model().toBytes();
        FeatureSet without =
                new FeatureSet(
                        SET.specs().stream()
                                .filter(spec -> !spec.name().equals("new_country"))
                                .toList());
        CorruptSnapshotException refusal =
                assertThrows(
                        CorruptSnapshotException.class,
                        () -> DecisionModel.restore(without, bytes));
        assertTrue(refusal.toString().contains("new_country"), refusal.toString());
    }

    @Test
    void modelOfElsewhereIsTriedWithoutBeingLearnt() {
        Training.Result trained =
                new Training(SET, DecisionModel.MODELS, 0.5, SETTINGS, 1).run(PAST);
        Training.Trial trial = Training.tried(trained.model(), PAST, 0.8, SETTINGS);
        assertEquals(0, trial.learnt());
        assertEquals(PAST.size() / 5, trial.judged());
        assertTrue(trial.alertShare() < 0.05, trial.toString());
    }
}
