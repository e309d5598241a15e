package dev.vedette.detection;

import dev.vedette.series.SeriesKey;
import java.util.List;

/**
 * What else was strange when an anomaly was.
 *
 * @param metrics other series of its node that began with it, the most important first
 * @param otherNodes how many other nodes of its cluster have the metric; 0 when that was not looked
 *     at
 * @param strangeNodes on how many of these it was strange, too
 */
public record Company(List<SeriesKey> metrics, int otherNodes, int strangeNodes) {
    /** Copies. */
    public Company {
        metrics = List.copyOf(metrics);
    }

    /** Only the metrics of the node. */
    public static Company of(List<SeriesKey> metrics) {
        return new Company(metrics, 0, 0);
    }
}
