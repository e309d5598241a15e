package dev.vedette.transaction.scoring;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleTrace;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a tenant's rules alone make of a transaction. */
final class RuleDecision {
    private static final double REVIEW = 0.7;
    private static final double DECLINE = 0.95;

    private RuleDecision() {}

    /**
     * Rules that score are put together as independent evidence, 1 - product of (1 - score); one
     * that decides is worth the threshold of its outcome.
     */
    static Decision of(List<RuleTrace> traces, SortedMap<String, String> versions) {
        List<RuleTrace> acting = traces.stream().filter(RuleTrace::acts).toList();
        double doubt = 1;
        Outcome decided = Outcome.APPROVE;
        for (RuleTrace trace : acting) {
            doubt *= 1 - score(trace.effect());
            if (trace.effect() instanceof RuleEffect.Decide(Outcome outcome)) {
                decided = decided.atLeast(outcome);
            }
        }
        double score = 1 - doubt;
        Outcome byScore =
                score >= DECLINE
                        ? Outcome.DECLINE
                        : score >= REVIEW ? Outcome.REVIEW : Outcome.APPROVE;
        Outcome outcome = isPassed(traces) ? Outcome.APPROVE : decided.atLeast(byScore);
        SortedMap<String, Double> parts = new TreeMap<>();
        parts.put("rules", score);
        return new Decision(score, outcome, reasons(acting), parts, versions);
    }

    /** Whether a rule lets the transaction pass, and none wants it looked at or stopped. */
    static boolean isPassed(List<RuleTrace> traces) {
        boolean isPassed = false;
        for (RuleTrace trace : traces) {
            if (trace.acts() && trace.effect() instanceof RuleEffect.Decide(Outcome outcome)) {
                if (outcome != Outcome.APPROVE) {
                    return false;
                }
                isPassed = true;
            }
        }
        return isPassed;
    }

    private static double score(RuleEffect effect) {
        return switch (effect) {
            case RuleEffect.Score(double value) -> value;
            case RuleEffect.Decide(Outcome outcome) ->
                    switch (outcome) {
                        case APPROVE -> 0;
                        case REVIEW -> REVIEW;
                        case DECLINE -> DECLINE;
                    };
        };
    }

    private static List<Reason> reasons(List<RuleTrace> acting) {
        return acting.stream()
                .map(trace ->
                        new Reason("rule:" + trace.name(), trace.reason(), score(trace.effect())))
                .sorted(Comparator.comparingDouble(Reason::weight).reversed())
                .toList();
    }
}
