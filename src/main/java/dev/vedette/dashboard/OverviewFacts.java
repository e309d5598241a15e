package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the overview is made of, as the queries give it.
 *
 * @param overall the tenant's scores over the window; empty before the first
 * @param lanes the strangest nodes' or clusters' scores over the window
 * @param nodes the strangest nodes of the window, at least one more than there are lanes of nodes
 * @param sizes how large the clusters were in the window
 * @param clusters the clusters' scores of two days
 * @param open open anomalies, newest first
 * @param begun anomalies that touch the window, newest first
 * @param latest the first few of them
 * @param newest the newest anomaly of all; empty when there never was one
 * @param series how many series are watched
 */
record OverviewFacts(
        List<ScoreQueries.Lane> overall,
        List<ScoreQueries.Lane> lanes,
        List<ScoreQueries.Ranked> nodes,
        List<ScoreQueries.ClusterSize> sizes,
        List<ScoreQueries.Lane> clusters,
        List<Anomaly> open,
        List<AnomalyQueries.Begun> begun,
        List<Anomaly> latest,
        List<Anomaly> newest,
        long series) {
    /** How many nodes each cluster has. */
    Map<String, Integer> nodesOfClusters() {
        return sizes.stream()
                .collect(
                        Collectors.toMap(
                                ScoreQueries.ClusterSize::clusterId,
                                ScoreQueries.ClusterSize::nodes));
    }

    /** How many nodes there are in all. */
    int numNodes() {
        return sizes.stream().mapToInt(ScoreQueries.ClusterSize::nodes).sum();
    }

    /** How many series each cluster has. */
    Map<String, Integer> seriesOfClusters() {
        return sizes.stream()
                .collect(
                        Collectors.toMap(
                                ScoreQueries.ClusterSize::clusterId,
                                ScoreQueries.ClusterSize::metrics));
    }

    /** The open anomalies worth a sentence: of each node the strangest, strangest node first. */
    List<Wrong> wrong() {
        Map<String, Wrong> worst = new HashMap<>();
        for (Anomaly anomaly : open) {
            if (anomaly.result().anomalyScore() >= ScoreMark.WARNING) {
                worst.merge(
                        anomaly.place().clusterId() + "\n" + anomaly.place().nodeId(),
                        new Wrong(anomaly, anomaly.place().series().isPresent() ? 1 : 0),
                        Wrong::and);
            }
        }
        return worst.values().stream().sorted(Wrong.STRANGEST).toList();
    }

    /**
     * One node on which something is wrong.
     *
     * @param worst its strangest open anomaly
     * @param series how many of its series are anomalous
     */
    record Wrong(Anomaly worst, int series) {
        private static final java.util.Comparator<Wrong> STRANGEST =
                java.util.Comparator.comparingDouble(
                                (Wrong wrong) -> -wrong.worst.result().anomalyScore())
                        .thenComparing(wrong -> wrong.worst.id());

        private Wrong and(Wrong other) {
            boolean stays = worst.result().anomalyScore() >= other.worst.result().anomalyScore();
            return new Wrong(stays ? worst : other.worst, series + other.series);
        }

        String cluster() {
            return worst.place().clusterId();
        }
    }
}
