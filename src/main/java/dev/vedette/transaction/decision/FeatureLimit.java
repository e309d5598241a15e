package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;

/**
 * A threshold on one feature, such as a z-score or a fence on amounts or frequency.
 *
 * @param feature its name
 * @param most value that is still usual
 * @param outcome the least severe outcome for larger values
 */
public record FeatureLimit(String feature, double most, Outcome outcome) {
    /**
     * Checks the threshold.
     *
     * @throws IllegalArgumentException when it is not finite
     */
    public FeatureLimit {
        if (!Double.isFinite(most)) {
            throw new IllegalArgumentException(
                    "limit of " + feature + " must be finite, is " + most);
        }
    }
}
