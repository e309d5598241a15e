package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.simulation.Payments;
import dev.vedette.simulation.SimulatedPayment;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.DayPart;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleSet;
import dev.vedette.transaction.rule.RuleTrace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FusionTest {
    private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final List<Transaction> PAST =
            new Payments(1, 40, 0)
                    .stretch(START, START + 5 * 86_400_000L).stream()
                            .map(FusionTest::transaction)
                            .toList();

    private final FeatureEngine engine = new FeatureEngine(FeatureSet.STANDARD);
    private final DecisionModel model =
            new Training(
                            FeatureSet.STANDARD,
                            DecisionModel.MODELS,
                            0.8,
                            DecisionSettings.DEFAULT,
                            7)
                    .learn(engine, PAST);

    private static Transaction transaction(SimulatedPayment payment) {
        return new Transaction(
                payment.id(),
                payment.account(),
                Instant.ofEpochMilli(payment.epochMillis()),
                payment.amount(),
                "EUR",
                payment.merchant(),
                payment.country(),
                payment.channel(),
                Attributes.NONE);
    }

    // Far from home, at night, a thousand times as much as usual.
    private Decision strange(Optional<DecisionModel> decides, RuleTrace... traces) {
        Transaction last = PAST.getLast();
        Transaction strange =
                new Transaction(
                        "strange",
                        last.account(),
                        last.time().plusSeconds(3 * 3600),
                        1000 * last.amount(),
                        "EUR",
                        "nowhere",
                        "NG",
                        "atm",
                        Attributes.NONE);
        ReceivedTransaction received =
                new ReceivedTransaction(
                        new TenantId("acme"),
                        strange,
                        strange.time(),
                        DayPart.of(strange.time(), ZoneOffset.UTC),
                        0);
        JudgingSettings settings =
                new JudgingSettings(
                        TransactionSchema.OPEN,
                        FeatureDeclarations.STANDARD,
                        List.of(),
                        RuleSet.NONE,
                        decides.map(
                                one -> new JudgingSettings.Model(3, one, one.recentStrangeness())),
                        List.of(new JudgingSettings.Model(4, model, model.recentStrangeness())));
        return Fusion.decide(
                received,
                engine.update(strange),
                List.of(traces),
                model.recentStrangeness(),
                settings);
    }

    private static RuleTrace trace(RuleMode mode, RuleEffect effect) {
        return new RuleTrace(
                "my-rule",
                1,
                mode,
                effect,
                "because I say so",
                RuleTrace.Answer.TRUE,
                new TreeMap<>(),
                "");
    }

    @Test
    void strangeTransactionIsReviewedAndTheReasonsSayWhy() {
        Decision decision = strange(Optional.of(model));
        assertEquals(Outcome.REVIEW, decision.outcome(), decision.toString());
        assertTrue(
                decision.reasons().stream()
                        .anyMatch(one -> one.code().equals("statistics:amount_z")),
                decision.toString());
        assertEquals(
                Set.of("statistics", "models", "rules", "without_rules", "shadow:4"),
                decision.parts().keySet());
        assertEquals("3", decision.versions().get("model"));
    }

    @Test
    void withoutAModelRulesAloneDecideAndShadowsAreTold() {
        Decision decision = strange(Optional.empty());
        assertEquals(Outcome.APPROVE, decision.outcome());
        assertEquals(0, decision.score());
        decision = strange(Optional.empty(), trace(RuleMode.SHADOW, new RuleEffect.Score(1)));
        assertEquals(Outcome.APPROVE, decision.outcome());
        decision = strange(Optional.empty(), trace(RuleMode.ENABLED, new RuleEffect.Score(0.8)));
        assertEquals(Outcome.REVIEW, decision.outcome());
        assertEquals("because I say so", decision.reasons().getFirst().text());
    }

    @Test
    void outcomeOfARuleStandsAndApprovalPassesWhatScoresSpeakAgainst() {
        Decision declined =
                strange(
                        Optional.of(model),
                        trace(RuleMode.ENABLED, new RuleEffect.Decide(Outcome.DECLINE)));
        assertEquals(Outcome.DECLINE, declined.outcome());
        RuleTrace pass = trace(RuleMode.ENABLED, new RuleEffect.Decide(Outcome.APPROVE));
        assertEquals(Outcome.APPROVE, strange(Optional.of(model), pass).outcome());
        assertEquals(
                Outcome.DECLINE,
                strange(
                                Optional.of(model),
                                pass,
                                trace(RuleMode.ENABLED, new RuleEffect.Decide(Outcome.DECLINE)))
                        .outcome());
    }
}
