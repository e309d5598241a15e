package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.feature.FeatureSpec;
import java.util.List;

/** Why a decision is what it is: one thing that speaks against the transaction. */
public sealed interface Ground {
    /** Its share of all that speaks against the transaction, in [0,1]. */
    double weight();

    /**
     * A feature is rarely as large.
     *
     * @param feature its declaration
     * @param value of it
     * @param rarity minus the decimal logarithm of how often it is as large
     * @param about the other field's value, or empty
     */
    record UnusualFeature(
            FeatureSpec feature, double value, double rarity, String about, double weight)
            implements Ground {}

    /**
     * The models have rarely seen such a combination of features.
     *
     * @param rarity minus the decimal logarithm of how often
     * @param features names of those that matter most, most first
     */
    record UnusualCombination(double rarity, List<String> features, double weight)
            implements Ground {
        /** Copies the names. */
        public UnusualCombination {
            features = List.copyOf(features);
        }
    }

    /**
     * Transactions of the same account, merchant and so on were strange lately.
     *
     * @param level how strange, above 0
     */
    record StrangeLately(double level, double weight) implements Ground {}

    /**
     * A rule applied.
     *
     * @param rule its name
     * @param outcome it asks for
     */
    record RuleApplied(String rule, Outcome outcome, double weight) implements Ground {}

    /**
     * A feature is beyond the threshold set for it.
     *
     * @param limit the threshold
     * @param value of the feature
     */
    record LimitExceeded(FeatureLimit limit, double value, double weight) implements Ground {}
}
