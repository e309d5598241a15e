package dev.vedette.series;

import dev.vedette.tenant.TenantId;

/**
 * What identifies a series in the outside world: its place in the hierarchy tenant, cluster, node,
 * metric, and its labels.
 *
 * @param tenant whose it is
 * @param clusterId 1 to {@value #MAX_LENGTH} characters, no control characters
 * @param nodeId the same
 * @param metricName the same
 * @param labels what else tells it apart
 */
public record SeriesKey(
        TenantId tenant, String clusterId, String nodeId, String metricName, Labels labels) {
    /** Most characters of a cluster, node or metric name. */
    public static final int MAX_LENGTH = 256;

    /**
     * Validates the names.
     *
     * @throws IllegalArgumentException when a name is blank, too long or has control characters;
     *     the message names which
     */
    public SeriesKey {
        requireName("cluster_id", clusterId);
        requireName("node_id", nodeId);
        requireName("metric_name", metricName);
    }

    // a loop: keys are made by the million
    private static boolean hasControl(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static void requireName(String what, String name) {
        if (name.isBlank() || name.length() > MAX_LENGTH || hasControl(name)) {
            throw new IllegalArgumentException(
                    what
                            + " must have 1 to "
                            + MAX_LENGTH
                            + " characters and no control characters, is '"
                            + name.substring(0, Math.min(40, name.length()))
                                    .replaceAll("\\p{Cntrl}", "?")
                            + "'");
        }
    }
}
