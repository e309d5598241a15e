package dev.vedette.ingestion;

import java.util.List;
import java.util.Map;

/**
 * How a sender's labels become cluster and node. Pure.
 *
 * @param clusterLabels labels that name the cluster; the first one present counts
 * @param nodeLabels labels that name the node; the first one present counts, without its port
 * @param defaultCluster cluster of series that have none of those, not blank
 * @param defaultNode node of series that have none of those, not blank
 */
public record LabelMapping(
        List<String> clusterLabels,
        List<String> nodeLabels,
        String defaultCluster,
        String defaultNode) {
    /** Most labels in each list. */
    public static final int MAX_LABELS = 16;

    private static final int MAX_LENGTH = 256;

    /**
     * Validates and copies.
     *
     * @throws IllegalArgumentException when a list is too long, or a name blank or too long; the
     *     message says which
     */
    public LabelMapping {
        clusterLabels = names("cluster_labels", clusterLabels);
        nodeLabels = names("node_labels", nodeLabels);
        requireName("default_cluster", defaultCluster);
        requireName("default_node", defaultNode);
    }

    private static List<String> names(String what, List<String> labels) {
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException(
                    what + " may have " + MAX_LABELS + " labels, has " + labels.size());
        }
        labels.forEach(label -> requireName(what, label));
        return List.copyOf(labels);
    }

    private static void requireName(String what, String name) {
        if (name.isBlank()
                || name.length() > MAX_LENGTH
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what
                            + " must be of 1 to "
                            + MAX_LENGTH
                            + " characters without control characters");
        }
    }

    /**
     * Where a series is.
     *
     * @param clusterId which cluster
     * @param nodeId which node of it
     */
    public record Place(String clusterId, String nodeId) {}

    /**
     * Finds the place and takes its labels out of the others. A node's label with a port stays, so
     * that two processes on one host remain two series.
     *
     * @param labels all labels; changed
     */
    public Place take(Map<String, String> labels) {
        String cluster = first(labels, clusterLabels);
        String node = first(labels, nodeLabels);
        String host = host(labels.getOrDefault(node, ""));
        if (host.equals(labels.get(node))) {
            labels.remove(node);
        }
        String clusterId = labels.getOrDefault(cluster, defaultCluster);
        labels.remove(cluster);
        return new Place(clusterId, host.isBlank() ? defaultNode : host);
    }

    // the empty name, which no label has, when none is present
    private static String first(Map<String, String> labels, List<String> names) {
        for (String name : names) {
            if (!labels.getOrDefault(name, "").isBlank()) {
                return name;
            }
        }
        return "";
    }

    /** The host of {@code host:port}, {@code [v6]:port}; anything else as it is. */
    static String host(String instance) {
        int colon = instance.lastIndexOf(':');
        boolean hasPort =
                colon > 0
                        && colon < instance.length() - 1
                        && instance.chars().skip(colon + 1L).allMatch(Character::isDigit);
        if (!hasPort) {
            return instance;
        }
        String host = instance.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]") && host.length() > 2) {
            return host.substring(1, host.length() - 1);
        }
        // two colons without brackets: an IPv6 address, whose end is no port
        return host.indexOf(':') >= 0 ? instance : host;
    }
}
