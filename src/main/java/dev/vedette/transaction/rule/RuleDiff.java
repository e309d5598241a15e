package dev.vedette.transaction.rule;

import java.util.ArrayList;
import java.util.List;

/** What changed from one form of a rule to another. */
public final class RuleDiff {
    private RuleDiff() {}

    /**
     * One changed field.
     *
     * @param field {@code description}, {@code expression}, {@code mode} or {@code effect}
     * @param before as it was
     * @param after as it is
     */
    public record Change(String field, String before, String after) {}

    /** The changed fields; empty when both say the same. */
    public static List<Change> between(Rule before, Rule after) {
        List<Change> changes = new ArrayList<>();
        add(changes, "description", before.description(), after.description());
        add(changes, "expression", before.expression(), after.expression());
        add(changes, "mode", before.mode().label(), after.mode().label());
        add(changes, "effect", words(before.effect()), words(after.effect()));
        return changes;
    }

    private static void add(List<Change> changes, String field, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(field, before, after));
        }
    }

    private static String words(RuleEffect effect) {
        return switch (effect) {
            case RuleEffect.Score(double value) -> "score " + value;
            case RuleEffect.Decide(var outcome) -> outcome.label();
        };
    }
}
