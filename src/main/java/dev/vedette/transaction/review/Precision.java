package dev.vedette.transaction.review;

import java.util.OptionalDouble;

/**
 * How often something that speaks up was right, by what people said.
 *
 * @param what a rule, a model's version, or {@link Kind#SAMPLE}
 * @param name of the rule, or number of the model's version; empty for the sample
 * @param mode of the rule: enabled or shadow; of a model: shadow, or empty when it decided; empty
 *     for the sample
 * @param fraud how many of those it spoke up on were fraud
 * @param legitimate how many were not
 * @param unsure of how many nobody could tell
 */
public record Precision(
        Kind what, String name, String mode, long fraud, long legitimate, long unsure) {
    /** What speaks up. */
    public enum Kind {
        /** A rule: the transactions on which it was true. */
        RULE,
        /**
         * A model: the transactions it decided and that were not simply approved; in shadow those
         * that it would have had somebody look at.
         */
        MODEL,
        /** Approved transactions that were looked at all the same: what nothing spoke up on. */
        SAMPLE
    }

    /** Whether it had no effect when it spoke up. */
    public boolean isOfShadow() {
        return mode.equals("shadow");
    }

    /** The share of fraud among those that could be told, in [0,1]; empty when there are none. */
    public OptionalDouble share() {
        long told = fraud + legitimate;
        return told == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) fraud / told);
    }
}
