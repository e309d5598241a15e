package dev.vedette.transaction.rule;

import dev.vedette.transaction.Outcome;

/** What a rule that fires does to the decision. */
public sealed interface RuleEffect {
    /**
     * Adds evidence.
     *
     * @param value the score it speaks for, above 0, up to 1
     */
    record Score(double value) implements RuleEffect {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException when the value is outside of it
         */
        public Score {
            if (!(value > 0 && value <= 1)) {
                throw new IllegalArgumentException(
                        "a rule's score must be above 0 and at most 1, is " + value);
            }
        }
    }

    /**
     * Decides: the outcome is at least as strict; {@link Outcome#APPROVE} lets pass whatever only
     * scores speak against.
     *
     * @param outcome what is to be done
     */
    record Decide(Outcome outcome) implements RuleEffect {}
}
