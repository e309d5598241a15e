package dev.vedette.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Puts anomalies that overlap in time and are near in the hierarchy into one group.
 *
 * <p>Two anomalies are related when they are on one node, or on one metric of one cluster, and the
 * pause between them is within {@link IncidentReach}; or when they are in one cluster and began
 * within its onset of each other. Payments are related when they are of one account, or to one
 * merchant, within the same pauses; that two accounts paid at about the same time says nothing. A
 * payment and a metric never are. A group is a connected component of that relation. It therefore
 * depends on the anomalies alone and on no order of arrival: live, backfill and replay agree. As
 * windows only grow and anomalies are only added, groups only merge, never split.
 *
 * <p>Cost: O(n log n) for n anomalies: intervals on one line are joined by one sweep (of those that
 * came before only the latest end matters), components by union-find (R. E. Tarjan, "Efficiency of
 * a Good But Not Linear Set Union Algorithm", J. ACM 1975). Immutable and thread-safe.
 */
public final class IncidentGrouper {
    private final IncidentReach reach;

    /** A grouper of that reach. */
    public IncidentGrouper(IncidentReach reach) {
        this.reach = reach;
    }

    /**
     * The groups of the anomalies of one tenant.
     *
     * @param symptoms in any order, each anomaly once
     * @return groups by their first member's onset, members by onset
     */
    public List<List<Symptom>> group(Collection<Symptom> symptoms) {
        List<Symptom> byOnset = symptoms.stream().sorted(Symptom.BY_ONSET).toList();
        Components components = new Components(byOnset.size());
        join(byOnset, components, IncidentGrouper::node, Symptom::end, reach.node());
        join(byOnset, components, IncidentGrouper::metricOfCluster, Symptom::end, reach.metric());
        join(byOnset, components, IncidentGrouper::cluster, Symptom::start, reach.onset());
        return collect(byOnset, components);
    }

    /** Joins neighbours on each line when the next starts within reach of the latest end so far. */
    private static void join(
            List<Symptom> byOnset,
            Components components,
            Function<Symptom, Object> lineOf,
            Function<Symptom, Instant> endOf,
            Duration reach) {
        Map<Object, Last> lines = new HashMap<>();
        for (int i = 0; i < byOnset.size(); i++) {
            Symptom next = byOnset.get(i);
            Object line = lineOf.apply(next);
            Last last = lines.get(line);
            boolean near = last != null && !next.start().isAfter(last.end().plus(reach));
            if (last != null && near) {
                components.join(last.index(), i);
            }
            Instant end = endOf.apply(next);
            lines.put(
                    line,
                    new Last(
                            i, last != null && near && last.end().isAfter(end) ? last.end() : end));
        }
    }

    private static Object node(Symptom symptom) {
        return List.of(symptom.source(), symptom.node());
    }

    private static Object cluster(Symptom symptom) {
        return symptom.isPayment() ? node(symptom) : symptom.clusterId();
    }

    /** A node as a whole is a line of its own: it is no metric of the cluster. */
    private static Object metricOfCluster(Symptom symptom) {
        if (symptom.isPayment()) {
            return symptom.merchant()
                    .<Object>map(merchant -> List.of(symptom.source(), merchant))
                    .orElseGet(() -> node(symptom));
        }
        return symptom.metricName()
                .<Object>map(metric -> List.of(symptom.clusterId(), metric))
                .orElseGet(symptom::node);
    }

    private static List<List<Symptom>> collect(List<Symptom> byOnset, Components components) {
        Map<Integer, List<Symptom>> groups = new TreeMap<>();
        for (int i = 0; i < byOnset.size(); i++) {
            groups.computeIfAbsent(components.of(i), first -> new ArrayList<>())
                    .add(byOnset.get(i));
        }
        return List.copyOf(groups.values());
    }

    /**
     * The latest of a line.
     *
     * @param index its place in the order of onsets
     * @param end the latest end of those joined with it
     */
    private record Last(int index, Instant end) {}

    /** Disjoint sets; the smallest index names a set. */
    private static final class Components {
        private final int[] parent;

        Components(int size) {
            parent = new int[size];
            for (int i = 0; i < size; i++) {
                parent[i] = i;
            }
        }

        int of(int index) {
            int root = index;
            while (parent[root] != root) {
                parent[root] = parent[parent[root]];
                root = parent[root];
            }
            return root;
        }

        void join(int a, int b) {
            int first = of(a);
            int second = of(b);
            parent[Math.max(first, second)] = Math.min(first, second);
        }
    }
}
