package dev.vedette.transaction.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import dev.vedette.transaction.feature.Payments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionModelTest {
    private static final FeatureSet SET = FeatureSet.STANDARD;
    private static final DecisionSettings SETTINGS = new DecisionSettings(0.55, 0.7, List.of());
    private static final List<Transaction> PAST = Payments.ordinary(4000, 1);

    private final FeatureEngine engine = new FeatureEngine(SET);
    private final DecisionModel model =
            new Training(SET, DecisionModel.MODELS, 0.5, SETTINGS, 1).learn(engine, PAST);
    private final RecentStrangeness recent = model.recentStrangeness();
    private long at = PAST.getLast().time().getEpochSecond() - Payments.START.getEpochSecond();

    @Test
    void ordinaryPaymentIsApproved() {
        Judgement decision = decide(payment("a5", 10, "m6", "CZ"), List.of(), SETTINGS);
        assertEquals(Outcome.APPROVE, decision.outcome());
        assertTrue(decision.score() < 0.4, decision.toString());
    }

    @Test
    void strangePaymentIsHeldBackForTheReasonsThatAreThere() {
        Judgement decision = decide(payment("a5", 4000, "casino", "BR"), List.of(), SETTINGS);
        assertTrue(decision.outcome() != Outcome.APPROVE, decision.toString());
        List<String> words = decision.reasons().stream().map(ReasonWords::of).toList();
        assertTrue(words.toString().contains("country BR is unusual"), words.toString());
        assertTrue(words.toString().contains("standard deviations above"), words.toString());
        double weights = decision.reasons().stream().mapToDouble(Ground::weight).sum();
        assertTrue(weights > 0.5 && weights <= 1 + 1e-9, "weights " + weights);
        for (int i = 1; i < decision.reasons().size(); i++) {
            double before = decision.reasons().get(i - 1).weight();
            assertTrue(before >= decision.reasons().get(i).weight(), words.toString());
        }
    }

    @Test
    void ruleRaisesTheScoreAndItsOutcomeStands() {
        Transaction payment = payment("a5", 10, "m6", "CZ");
        double[] row = engine.update(payment);
        Judgement without = model.decide(payment, row, List.of(), recent, SETTINGS);
        RuleResult rule = new RuleResult("card-testing", 0.5, Outcome.DECLINE);
        Judgement with = model.decide(payment, row, List.of(rule), recent, SETTINGS);
        assertTrue(with.score() > without.score());
        assertEquals(Outcome.DECLINE, with.outcome());
        assertInstanceOf(Ground.RuleApplied.class, with.reasons().getFirst());
        assertEquals(
                "rule card-testing applied: decline", ReasonWords.of(with.reasons().getFirst()));
    }

    @Test
    void limitOnAFeatureStandsWhateverTheScore() {
        FeatureLimit limit = new FeatureLimit("count_1h", 1, Outcome.REVIEW);
        DecisionSettings strict = new DecisionSettings(0.9, 0.95, List.of(limit));
        Transaction first = payment("a5", 10, "m6", "CZ");
        assertEquals(Outcome.APPROVE, decide(first, List.of(), strict).outcome());
        Judgement second = decide(payment("a5", 10, "m6", "CZ"), List.of(), strict);
        assertEquals(Outcome.REVIEW, second.outcome());
        assertTrue(
                ReasonWords.of(second.reasons().getFirst()).startsWith("count_1h is 2, above"),
                second.toString());
    }

    @Test
    void strangePaymentIsStrangerAfterOthers() {
        Transaction strange = payment("a5", 60, "m1", "DE");
        double[] row = engine.update(strange);
        double alone =
                model.decide(strange, row, List.of(), model.recentStrangeness(), SETTINGS).score();
        model.decide(strange, row, List.of(), recent, SETTINGS);
        Judgement again = model.decide(strange, row, List.of(), recent, SETTINGS);
        assertTrue(again.score() > alone, again.score() + " after " + alone);
        assertTrue(
                again.reasons().stream().anyMatch(Ground.StrangeLately.class::isInstance),
                again.toString());
        byte[] snapshot = snapshot(recent);
        RecentStrangeness restored = RecentStrangeness.restore(SET.judgedEntities(), snapshot);
        assertEquals(
                model.decide(strange, row, List.of(), recent, SETTINGS),
                model.decide(strange, row, List.of(), restored, SETTINGS));
        assertArrayEquals(snapshot(recent), snapshot(restored));
    }

    private static byte[] snapshot(RecentStrangeness of) {
        return of.snapshot(1000).all().getFirst();
    }

    @Test
    void replayWithoutDecidingRemembersTheSame() {
        RecentStrangeness replayed = model.recentStrangeness();
        for (String country : List.of("CZ", "BR", "BR", "NG", "CZ")) {
            Transaction payment = payment("a5", 500, "casino", country);
            double[] row = engine.update(payment);
            model.decide(payment, row, List.of(), recent, SETTINGS);
            model.remember(payment, row, replayed);
        }
        assertArrayEquals(snapshot(recent), snapshot(replayed));
        assertTrue(snapshot(recent).length > snapshot(model.recentStrangeness()).length);
    }

    @Test
    void restoredModelDecidesAlikeAndDamagedOnesAreRefused() {
        byte[] bytes = model.toBytes();
        DecisionModel restored = DecisionModel.restore(SET, bytes);
        Transaction payment = payment("a7", 90, "m2", "DE");
        double[] row = engine.update(payment);
        assertEquals(
                model.decide(payment, row, List.of(), model.recentStrangeness(), SETTINGS),
                restored.decide(payment, row, List.of(), model.recentStrangeness(), SETTINGS));
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        assertThrows(CorruptSnapshotException.class, () -> DecisionModel.restore(SET, half));
        FeatureSet other = new FeatureSet(SET.specs().subList(0, 3));
        List<FeatureSpec> more = new ArrayList<>(SET.specs().reversed());
        more.addFirst(
                FeatureSpec.judged("paces", FeatureFunction.BURST, "country", FeatureWindow.DAY));
        FeatureSet wider = new FeatureSet(more);
        double[] widerRow = new double[wider.size()];
        for (int i = 0; i < row.length; i++) {
            widerRow[row.length - i] = row[i];
        }
        assertEquals(
                model.decide(payment, row, List.of(), model.recentStrangeness(), SETTINGS),
                DecisionModel.restore(wider, bytes)
                        .decide(payment, widerRow, List.of(), model.recentStrangeness(), SETTINGS));
        assertThrows(CorruptSnapshotException.class, () -> DecisionModel.restore(other, bytes));
    }

    @Test
    void tooFewTransactionsAreNotLearnt() {
        Training training = new Training(SET, DecisionModel.MODELS, 0.5, SETTINGS, 1);
        List<Transaction> few = PAST.subList(0, DecisionModel.LEAST_ROWS - 1);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> training.learn(new FeatureEngine(SET), few));
        assertTrue(String.valueOf(e.getMessage()).contains("needs 100"), e.toString());
    }

    private Judgement decide(
            Transaction payment, List<RuleResult> rules, DecisionSettings settings) {
        return model.decide(payment, engine.update(payment), rules, recent, settings);
    }

    private Transaction payment(String account, double amount, String merchant, String country) {
        return Payments.payment(account, at++, amount, merchant, country);
    }
}
