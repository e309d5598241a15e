package dev.vedette.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What the overview shows.
 *
 * @param headline the state in one sentence
 * @param lead the sentence under it
 * @param situations what is wrong, worst first
 * @param clusters the clusters, worst first
 * @param levelTitle what the lanes are: "Nodes" or "Clusters"
 * @param levels the levels to choose from
 * @param lanes nodes by time; absent while nothing was scored
 * @param more how many nodes the lanes leave out, in words; empty when none
 * @param allHref the same page with all lanes; empty when all are there
 * @param selection the window in words
 * @param moved how many series moved, in words
 * @param nodes the strangest nodes
 * @param anomalies the latest anomalies, newest first
 * @param anomaliesMore how many more there are, in words; empty when none
 */
public record OverviewView(
        String headline,
        String lead,
        List<Situation> situations,
        List<Cluster> clusters,
        String levelTitle,
        List<WatchStrip.Choice> levels,
        Optional<SwimLanes> lanes,
        String more,
        String allHref,
        String selection,
        String moved,
        List<Node> nodes,
        List<AnomalyLine> anomalies,
        String anomaliesMore) {
    /** One thing that is wrong: the whole row leads to its page. */
    public record Situation(
            ScoreMark score,
            String cluster,
            Sentence sentence,
            String meta,
            String href,
            Sparkline line) {}

    /** One cluster: name and words, trend, score and its change since yesterday. */
    public record Cluster(
            String name, String words, TrendLine trend, ScoreMark score, String change) {}

    /** One of the strangest nodes. */
    public record Node(
            String name,
            String cluster,
            String href,
            ScoreMark score,
            String off,
            String ledBy,
            String moved) {}
}
