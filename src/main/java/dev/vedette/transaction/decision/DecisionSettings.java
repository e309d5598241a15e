package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;
import java.util.List;

/**
 * From score to outcome. Scores say how rare a transaction is: 0.5 one in a hundred, 0.6 one in a
 * thousand, 0.667 one in ten thousand, 0.75 one in a million.
 *
 * @param review score from which a person should look, in [0,1]
 * @param decline score from which it is declined, not below {@code review}; above 1 for never
 * @param limits thresholds on single features, beside the score
 */
public record DecisionSettings(double review, double decline, List<FeatureLimit> limits) {
    /** Review of about one transaction in 300, nothing declined by score alone. */
    public static final DecisionSettings DEFAULT = new DecisionSettings(0.55, 2, List.of());

    private static final int MOST_LIMITS = 100;

    /**
     * Copies and checks the thresholds.
     *
     * @throws IllegalArgumentException when they are out of range or in the wrong order, or there
     *     are too many limits
     */
    public DecisionSettings {
        limits = List.copyOf(limits);
        if (!(review >= 0 && review <= 1)) {
            throw new IllegalArgumentException("review must be 0 to 1, is " + review);
        }
        if (!(decline >= review)) {
            throw new IllegalArgumentException(
                    "decline must not be below review, " + review + ", is " + decline);
        }
        if (limits.size() > MOST_LIMITS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_LIMITS + " limits, not " + limits.size());
        }
    }

    /** The outcome of a score alone. */
    public Outcome outcome(double score) {
        if (score >= decline) {
            return Outcome.DECLINE;
        }
        return score >= review ? Outcome.REVIEW : Outcome.APPROVE;
    }
}
