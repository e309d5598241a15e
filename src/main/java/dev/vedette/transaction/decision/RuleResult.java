package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;

/**
 * A rule that applied to the transaction, and what it says.
 *
 * @param rule its name
 * @param score what it adds, 0 to 0.99, in the unit of all scores: 0.5 as one transaction in a
 *     hundred, 0.6 as one in a thousand; 0 where only its outcome counts
 * @param outcome the least severe outcome it asks for
 */
public record RuleResult(String rule, double score, Outcome outcome) {
    private static final double MOST_SCORE = 0.99;

    /**
     * Checks the score.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public RuleResult {
        if (!(score >= 0 && score <= MOST_SCORE)) {
            throw new IllegalArgumentException(
                    "rule " + rule + ": score must be 0 to " + MOST_SCORE + ", is " + score);
        }
    }
}
