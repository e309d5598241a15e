package dev.vedette.transaction.rule;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one rule judged one transaction.
 *
 * @param name the rule
 * @param version its version; 0 for one that is not stored
 * @param mode whether it acts
 * @param effect what it does when it fires
 * @param reason what is told when it fires
 * @param answer what the expression said
 * @param operands what each name in the expression stood for; an unknown one is absent
 * @param unknown names that had no value, or what else kept it from an answer; empty otherwise
 */
public record RuleTrace(
        String name,
        int version,
        RuleMode mode,
        RuleEffect effect,
        String reason,
        Answer answer,
        SortedMap<String, Object> operands,
        String unknown) {
    /** What an expression may say. */
    public enum Answer {
        /** It fires. */
        TRUE,
        /** It does not. */
        FALSE,
        /** It depends on something unknown, and so does not fire. */
        UNKNOWN
    }

    /** Copies the operands. */
    public RuleTrace {
        operands = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(operands)));
    }

    /** Whether it fired and its effect counts. */
    public boolean acts() {
        return answer == Answer.TRUE && mode == RuleMode.ENABLED;
    }
}
