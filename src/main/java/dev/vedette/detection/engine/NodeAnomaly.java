package dev.vedette.detection.engine;

import java.util.List;

/**
 * An anomaly of a node as a whole.
 *
 * @param result the run of rows; observed, expected and upper are the node's unlikeness, see {@link
 *     NodeDetector#unlikeness()}, and lower is 0
 * @param shares the metrics whose moves make it up, the largest share first
 */
public record NodeAnomaly(AnomalyResult result, List<Share> shares) {
    /** Copies the list. */
    public NodeAnomaly {
        shares = List.copyOf(shares);
    }

    /**
     * How much one metric had to do with it.
     *
     * @param metric its place in the rows
     * @param share in (0,1]; of all metrics together 1
     */
    public record Share(int metric, double share) {}
}
