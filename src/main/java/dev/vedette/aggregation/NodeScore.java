package dev.vedette.aggregation;

/**
 * How strange one node was as a whole during a window, besides its metrics one by one.
 *
 * @param score its highest score in the window, in [0,1]
 * @param anomalies how many anomalies of it as a whole touch the window, 0 or more
 */
public record NodeScore(double score, int anomalies) {
    /** Of a node that was not judged as a whole. */
    public static final NodeScore NONE = new NodeScore(0, 0);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a number is out of its range; the message holds it
     */
    public NodeScore {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("node score must be in [0,1], is " + score);
        }
        if (anomalies < 0) {
            throw new IllegalArgumentException(
                    "number of anomalies must be 0 or more, is " + anomalies);
        }
    }
}
