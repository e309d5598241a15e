package dev.vedette.simulation;

/**
 * Something that goes wrong in one cluster, on one node or spreading over several.
 *
 * @param cluster index of the cluster
 * @param scenario what goes wrong
 * @param severity how much
 * @param firstNode index of the node in its cluster where it starts
 * @param nodes how many nodes it reaches, in order from the first, around the end
 * @param fromMillis when it starts
 * @param lengthMillis how long it lasts on each node
 * @param delayMillis how much later each next node is reached
 */
record Incident(
        int cluster,
        Scenario scenario,
        InjectedSeverity severity,
        int firstNode,
        int nodes,
        long fromMillis,
        long lengthMillis,
        long delayMillis) {

    /** Which incident happens in that slot; lasts at most three slots on all nodes together. */
    static Incident in(
            long key, long slotFrom, long slotMillis, int clusters, int nodesPerCluster) {
        Scenario scenario = Scenario.drawn(key, 1);
        double length =
                scenario.isShort()
                        ? 0.05 + 0.2 * Noise.uniform(key, 2)
                        : 0.5 + 1.0 * Noise.uniform(key, 2);
        int nodes = Math.min(reached(key, nodesPerCluster), nodesPerCluster);
        return new Incident(
                Noise.below(clusters, key, 4),
                scenario,
                InjectedSeverity.drawn(key, 5),
                Noise.below(nodesPerCluster, key, 6),
                nodes,
                slotFrom + (long) (slotMillis * 0.5 * Noise.uniform(key, 7)),
                Math.max(1000, (long) (slotMillis * length)),
                slotMillis / (2L * nodesPerCluster));
    }

    /** Six of ten stay on their node, three reach a few, one a quarter of the cluster. */
    private static int reached(long key, int nodesPerCluster) {
        return switch (Noise.below(10, key, 3)) {
            case 0, 1, 2, 3, 4, 5 -> 1;
            case 6, 7, 8 -> 2 + Noise.below(3, key, 8);
            default -> Math.max(5, nodesPerCluster / 4);
        };
    }

    /** When it is over on its last node. */
    long toMillis() {
        return fromMillis + (nodes - 1) * delayMillis + lengthMillis;
    }

    /** Its effect on that metric of its n-th node, n from 0. */
    Injection injection(InjectedKind kind, int n) {
        long from = fromMillis + n * delayMillis;
        return new Injection(kind, severity, from, from + lengthMillis);
    }

    /** Index in the cluster of its n-th node, n from 0. */
    int node(int n, int nodesPerCluster) {
        return (firstNode + n) % nodesPerCluster;
    }
}
