package dev.vedette.incident;

import java.time.Duration;

/**
 * How far apart in time two anomalies may lie and still belong together. The nearer in the
 * hierarchy, the farther in time.
 *
 * @param node on one node: most time between the end of one and the start of the next
 * @param metric on one metric of several nodes of a cluster: the same
 * @param onset anywhere in one cluster: most time between their starts
 */
public record IncidentReach(Duration node, Duration metric, Duration onset) {
    /**
     * Half an hour on a node, five minutes on a metric, two between starts in a cluster. In a
     * cluster of 10 000 series with the budget of one false alarm per series and week there is one
     * a minute: longer reaches would chain them into one endless incident.
     */
    public static final IncidentReach DEFAULT =
            new IncidentReach(Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(2));

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException when a time is negative; the message holds it
     */
    public IncidentReach {
        requireNotNegative("node", node);
        requireNotNegative("metric", metric);
        requireNotNegative("onset", onset);
    }

    /** The longest of the three: what lies farther apart than this never meets directly. */
    public Duration longest() {
        Duration longer = node.compareTo(metric) > 0 ? node : metric;
        return longer.compareTo(onset) > 0 ? longer : onset;
    }

    private static void requireNotNegative(String what, Duration reach) {
        if (reach.isNegative()) {
            throw new IllegalArgumentException(
                    "reach on a " + what + " must be 0 or more, is " + reach);
        }
    }
}
