package dev.vedette.simulation;

import java.util.List;
import java.util.Locale;

/** What clusters and nodes of a fleet are called, and when they are busy. */
final class FleetNames {
    private static final List<String> CLUSTERS =
            List.of("prod-eu", "prod-us", "checkout", "batch", "analytics", "prod-ap");
    private static final List<List<String>> ROLES =
            List.of(
                    List.of("api", "api", "gw", "db", "cache"),
                    List.of("api", "api", "gw", "db", "cache"),
                    List.of("cart", "pay", "api", "db"),
                    List.of("etl", "worker", "queue"),
                    List.of("query", "query", "etl", "store"),
                    List.of("api", "api", "gw", "db", "cache"));
    // Hours of UTC: evenings where the users are, the night for batches, the day for analysts.
    private static final double[] PEAK_HOURS = {18, 1, 19, 3, 13, 11};

    private FleetNames() {}

    static String cluster(int cluster) {
        return cluster < CLUSTERS.size()
                ? CLUSTERS.get(cluster)
                : String.format(Locale.ROOT, "cluster-%03d", cluster + 1);
    }

    /** Nodes are numbered through within their cluster: api-01, api-02, gw-03, … */
    static String node(int cluster, int node, int nodesPerCluster) {
        List<String> roles = ROLES.get(cluster % ROLES.size());
        String role = roles.get((int) ((long) node * roles.size() / nodesPerCluster));
        return String.format(Locale.ROOT, "%s-%02d", role, node + 1);
    }

    static double peakHour(int cluster) {
        return PEAK_HOURS[cluster % PEAK_HOURS.length];
    }
}
