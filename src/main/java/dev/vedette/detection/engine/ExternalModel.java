package dev.vedette.detection.engine;

/**
 * A model outside of this process, asked by the protocol of {@code docs/external-engines.md}. It
 * keeps nothing of ours: what it must remember of a series comes back with the next request. Calls
 * block for as long as the operator allows; thread-safe.
 */
public interface ExternalModel {
    /**
     * Scores a whole series.
     *
     * @param epochMillis strictly increasing, milliseconds since 1970-01-01T00:00Z
     * @param values finite, or NaN for a known gap; of the same length
     * @return one score for each point and no state
     * @throws ExternalModelException when there is no answer to be used
     */
    Scores detect(long[] epochMillis, double[] values);

    /**
     * Scores the next points of a series.
     *
     * @param state what the last answer left; empty for a series not seen before
     * @param epochMillis strictly increasing, after the points before
     * @param values finite; of the same length, at least one
     * @throws ExternalModelException when there is no answer to be used
     */
    Scores update(byte[] state, long[] epochMillis, double[] values);

    /**
     * What a model says.
     *
     * @param sigmas for each point how surprising it is, in standard deviations of a normal law,
     *     either sign; NaN where the model has no opinion yet
     * @param state what the model wants back with the next points
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
    record Scores(double[] sigmas, byte[] state) {}
}
