package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the nodes of clusters stand, and what comparing them found. Blocking: called on a virtual
 * thread. Throws {@link dev.vedette.ingestion.StorageUnavailableException} when the database cannot
 * be reached.
 */
public interface PeerStore {
    /** Most nodes compared with one another; of a larger cluster as many at a time, by name. */
    int MOST_NODES = 1_000;

    /**
     * A cluster that has levels later than those compared last.
     *
     * @param bucket of the latest levels
     */
    record Due(TenantId tenant, String clusterId, Instant bucket) {}

    /**
     * Nodes to compare with one another.
     *
     * @param levels of one bucket, or the one before where a node was slower
     * @param standings what {@link Found#standings} stored last, by node; a node without is absent
     */
    record Peers(List<NodeLevels> levels, Map<NodeKey, byte[]> standings) {}

    /**
     * What a comparison found.
     *
     * @param anomalies of nodes: open or closing now, latest state
     * @param standings replaces those stored; an empty one forgets
     */
    record Found(List<Anomaly> anomalies, Map<NodeKey, byte[]> standings) {}

    /**
     * The clusters of at least so many nodes that are to be compared.
     *
     * @param from earliest bucket
     * @param to latest bucket
     */
    List<Due> due(Instant from, Instant to, int leastNodes);

    /**
     * Compares the nodes of a cluster, in one transaction, once: does nothing when another process
     * did. Stores the anomalies, tells the feed of them, marks roll-ups of the bucket as due.
     *
     * @param compare called with at most {@value #MOST_NODES} nodes at a time; what it throws
     *     undoes everything
     * @return whether this call did it
     */
    boolean compare(Due due, Function<Peers, Found> compare);

    /** Forgets nodes that have sent nothing since. */
    void forgetBefore(Instant bucket);
}
