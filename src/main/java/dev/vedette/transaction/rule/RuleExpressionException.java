package dev.vedette.transaction.rule;

import java.util.List;

/** An expression that cannot be a rule; a retry does not help. */
public final class RuleExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<RuleIssue> issues;

    /**
     * Of those issues.
     *
     * @param issues at least one, by position
     */
    public RuleExpressionException(List<RuleIssue> issues) {
        super(issues.getFirst().detail());
        this.issues = List.copyOf(issues);
    }

    /** Everything that was found, by position. */
    public List<RuleIssue> issues() {
        return issues;
    }
}
