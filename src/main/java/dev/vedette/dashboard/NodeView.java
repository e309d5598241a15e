package dev.vedette.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What the page of one node shows.
 *
 * @param cluster its cluster
 * @param node its name
 * @param headline its state in one sentence
 * @param score its highest score in the window
 * @param meta facts beside the score
 * @param lanes its metrics by time; absent while nothing was scored
 * @param metrics its metrics, strangest first
 * @param anomalies its latest anomalies, newest first
 * @param anomaliesCsv its anomalies as a file
 */
public record NodeView(
        String cluster,
        String node,
        String headline,
        ScoreMark score,
        List<String> meta,
        Optional<SwimLanes> lanes,
        List<Metric> metrics,
        List<AnomalyLine> anomalies,
        String anomaliesCsv) {
    /** The page of the cluster. */
    public String clusterHref() {
        return Links.cluster(cluster);
    }

    /**
     * One metric of the node.
     *
     * @param name its name, with its labels
     * @param href its page in the explorer
     * @param score its highest score in the window
     * @param line its values with their usual range
     * @param now the last value
     * @param usual the usual range there
     */
    public record Metric(
            String name, String href, ScoreMark score, Sparkline line, String now, String usual) {}
}
