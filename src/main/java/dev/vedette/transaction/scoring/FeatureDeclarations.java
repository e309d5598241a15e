package dev.vedette.transaction.scoring;

import dev.vedette.transaction.feature.FeatureSet;

/**
 * The features a tenant declared.
 *
 * @param version from 1; 0 for those of a tenant that declared none
 * @param set what is computed
 */
public record FeatureDeclarations(int version, FeatureSet set) {
    /** What a tenant has that declared nothing. */
    public static final FeatureDeclarations STANDARD =
            new FeatureDeclarations(0, FeatureSet.STANDARD);
}
