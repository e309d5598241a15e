package dev.vedette.transaction.scoring;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Ground;
import dev.vedette.transaction.decision.Judgement;
import dev.vedette.transaction.decision.ReasonWords;
import dev.vedette.transaction.decision.RecentStrangeness;
import dev.vedette.transaction.decision.RuleResult;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleTrace;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One decision of a tenant's promoted model and its rules; of its rules alone while it has no
 * model. A shadow model's score is told and does not count.
 */
final class Fusion {
    private static final double MOST_SCORE = 0.99;

    private Fusion() {}

    static Decision decide(
            ReceivedTransaction received,
            double[] row,
            List<RuleTrace> traces,
            RecentStrangeness recent,
            JudgingSettings by) {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("schema", Integer.toString(received.schemaVersion()));
        versions.put("features", Integer.toString(by.features().version()));
        SortedMap<String, Double> shadows = new TreeMap<>();
        for (JudgingSettings.Model shadow : by.shadows()) {
            double score = fused(shadow, received, row, List.of(), shadow.memory()).score();
            shadows.put(Decision.SHADOW + shadow.version(), score);
        }
        Decision decision =
                by.model()
                        .map(model -> {
                            versions.put("model", Integer.toString(model.version()));
                            var fused = fused(model, received, row, results(traces), recent);
                            return worded(fused, traces, shadows, versions);
                        })
                        .orElseGet(() -> RuleDecision.of(traces, versions));
        return decision;
    }

    private static Judgement fused(
            JudgingSettings.Model model,
            ReceivedTransaction received,
            double[] row,
            List<RuleResult> rules,
            RecentStrangeness recent) {
        DecisionModel decides = model.decides();
        return decides.decide(received.transaction(), row, rules, recent, DecisionSettings.DEFAULT);
    }

    private static List<RuleResult> results(List<RuleTrace> traces) {
        return traces.stream().filter(RuleTrace::acts).map(Fusion::result).toList();
    }

    private static RuleResult result(RuleTrace trace) {
        return switch (trace.effect()) {
            case RuleEffect.Score(double value) ->
                    new RuleResult(trace.name(), Math.min(MOST_SCORE, value), Outcome.APPROVE);
            case RuleEffect.Decide(Outcome outcome) -> new RuleResult(trace.name(), 0, outcome);
        };
    }

    private static Decision worded(
            Judgement fused,
            List<RuleTrace> traces,
            Map<String, Double> shadows,
            SortedMap<String, String> versions) {
        SortedMap<String, Double> parts = new TreeMap<>(shadows);
        parts.put("without_rules", fused.unruled());
        parts.put("statistics", fused.statistics());
        parts.put("models", fused.models());
        parts.put("rules", RuleDecision.of(traces, versions).score());
        return new Decision(
                fused.score(),
                RuleDecision.isPassed(traces) ? Outcome.APPROVE : fused.outcome(),
                fused.reasons().stream().map(reason -> reason(reason, traces)).toList(),
                parts,
                versions);
    }

    private static Reason reason(Ground ground, List<RuleTrace> traces) {
        double weight = Math.clamp(ground.weight(), 0, 1);
        return switch (ground) {
            case Ground.RuleApplied rule ->
                    new Reason("rule:" + rule.rule(), ruleText(rule.rule(), traces), weight);
            case Ground.UnusualFeature one ->
                    new Reason("statistics:" + one.feature().name(), ReasonWords.of(one), weight);
            case Ground.UnusualCombination one -> new Reason("models", ReasonWords.of(one), weight);
            case Ground.StrangeLately one -> new Reason("recent", ReasonWords.of(one), weight);
            case Ground.LimitExceeded one ->
                    new Reason("limit:" + one.limit().feature(), ReasonWords.of(one), weight);
        };
    }

    private static String ruleText(String name, List<RuleTrace> traces) {
        return traces.stream()
                .filter(trace -> trace.name().equals(name))
                .findFirst()
                .map(RuleTrace::reason)
                .orElse("rule " + name);
    }
}
