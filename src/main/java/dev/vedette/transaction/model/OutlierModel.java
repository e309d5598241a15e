package dev.vedette.transaction.model;

/**
 * What was learnt of rows of features without labels: says of any row how little it is like them.
 * Immutable; threads may share it.
 */
public sealed interface OutlierModel
        permits IsolationForest,
                NearestNeighbours,
                LocalOutlierFactor,
                Autoencoder,
                EmpiricalTails {
    /** Which algorithm it is. */
    ModelKind kind();

    /** Numbers in a row. */
    int width();

    /**
     * How strange the row is, in the algorithm's own unit: larger is stranger. {@link
     * CalibratedModel} makes it comparable.
     *
     * @param row as wide as the model, finite; not modified, not retained
     */
    double score(double[] row);

    /**
     * What each feature has to do with the score.
     *
     * @param row as wide as the model, finite; not modified
     * @param shares as wide, filled: 0 or more each, together 1, or all 0 where nothing stands out
     */
    void contributions(double[] row, double[] shares);

    /** Itself as bytes, for {@link ModelKind#restore}. */
    byte[] toBytes();

    /** Makes non-negative numbers sum to 1, unless they are all 0. */
    static void normalise(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        if (sum > 0) {
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= sum;
            }
        }
    }
}
