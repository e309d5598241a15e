package dev.vedette.aggregation;

import dev.vedette.aggregation.WindowRanking.Moved;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Says where what moved belongs: clusters, their nodes, their metrics, each with its share. */
public final class ShareTree {
    private ShareTree() {}

    /**
     * A place and its share of all that moved.
     *
     * @param name of the cluster, node or metric
     * @param share in [0,1]
     * @param parts the places in it, the largest share first
     */
    public record Branch(String name, double share, List<Branch> parts) {
        /** Copies the list. */
        public Branch {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The clusters, the largest share first. Shares of clusters and nodes are those of all their
     * series, also of those that are not among the ones given.
     *
     * @param most most branches of each
     */
    public static List<Branch> of(List<Moved> moved, int most) {
        return branches(
                moved,
                one -> one.key().clusterId(),
                Moved::clusterShare,
                most,
                ofCluster ->
                        branches(
                                ofCluster,
                                one -> one.key().nodeId(),
                                Moved::nodeShare,
                                most,
                                ofNode -> metrics(ofNode, most)));
    }

    private static List<Branch> metrics(List<Moved> moved, int most) {
        return moved.stream()
                .sorted(Comparator.comparingDouble(Moved::share).reversed())
                .limit(most)
                .map(one -> new Branch(one.key().metricName(), one.share(), List.of()))
                .toList();
    }

    private static List<Branch> branches(
            List<Moved> moved,
            Function<Moved, String> name,
            ToDoubleFunction<Moved> share,
            int most,
            Function<List<Moved>, List<Branch>> parts) {
        Map<String, List<Moved>> groups =
                moved.stream()
                        .filter(one -> one.share() > 0)
                        .collect(
                                Collectors.groupingBy(
                                        name, LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group ->
                        new Branch(
                                group.getKey(),
                                share.applyAsDouble(group.getValue().getFirst()),
                                parts.apply(group.getValue())))
                .sorted(Comparator.comparingDouble(Branch::share).reversed())
                .limit(most)
                .toList();
    }
}
