package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of one anomaly shows.
 *
 * @param cluster its cluster
 * @param node its node
 * @param metric its metric
 * @param clusterHref the cluster's page
 * @param nodeHref the node's page
 * @param metricHref the series in the explorer
 * @param incidentHref the page of its incident; empty while it is in none
 * @param headline the finding
 * @param score its highest score
 * @param meta facts beside the score
 * @param chartTitle what the chart shows
 * @param chart value against its usual range
 * @param strip the score under it
 * @param lead the explanation in one or two sentences
 * @param what its kind and what was counted
 * @param against what it is compared with
 * @param since when it began
 * @param sure how sure, and why
 * @param evidence what speaks for it
 * @param together the score all evidence gives
 * @param togetherWords what that means
 * @param story what happened when, oldest first
 * @param siblingsTitle what the siblings are
 * @param siblings the same metric on other nodes, on one scale, this one first
 * @param movedTitle what the last table compares
 * @param moved what else moved on that node
 * @param movedHref what moved in its time, of all series
 * @param feedback where a person says what it was
 */
public record AnomalyView(
        String cluster,
        String node,
        String metric,
        String clusterHref,
        String nodeHref,
        String metricHref,
        String incidentHref,
        String headline,
        ScoreMark score,
        List<String> meta,
        String chartTitle,
        BandChart chart,
        ScoreStrip strip,
        String lead,
        String what,
        String against,
        String since,
        String sure,
        List<Evidence> evidence,
        ScoreMark together,
        String togetherWords,
        List<Step> story,
        String siblingsTitle,
        List<Sibling> siblings,
        String movedTitle,
        List<Moved> moved,
        String movedHref,
        FeedbackCorner feedback) {
    /** One piece of evidence and its part. */
    public record Evidence(String name, String seen, ScoreMark part) {}

    /** One thing that happened; the main ones stand out. */
    public record Step(String time, String text, boolean main) {}

    /** The same metric elsewhere. */
    public record Sibling(
            String node, String href, ScoreMark score, Sparkline line, String words) {}

    /** Another series that moved. */
    public record Moved(
            String metric,
            String href,
            ScoreMark score,
            Sparkline line,
            String change,
            String when) {}
}
