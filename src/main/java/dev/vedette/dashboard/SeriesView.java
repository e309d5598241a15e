package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of one series shows.
 *
 * @param cluster its cluster
 * @param node its node
 * @param metric its metric, with its labels
 * @param nodeHref its node's page
 * @param headline its state in one sentence
 * @param score its highest score in the window
 * @param meta facts beside the score
 * @param chart value against its usual range
 * @param switches what can be shown beside it
 * @param rest what is said of siblings that are not shown; empty when there are none
 * @param happened what people did about it, oldest first, numbered on the chart; one line without a
 *     time when it was nothing; empty while it is not asked for
 * @param strip the score under it
 * @param anomalies its anomalies in the window, newest first
 * @param why the box that asks why
 * @param feedback where a person says what its newest anomaly was; none when it has none
 * @param csv the points of the chart as a file
 * @param anomaliesCsv its anomalies as a file
 * @param code the page as text for a shell or a ruler
 */
public record SeriesView(
        String cluster,
        String node,
        String metric,
        String nodeHref,
        String headline,
        ScoreMark score,
        List<String> meta,
        BandChart chart,
        List<Switch> switches,
        String rest,
        List<Happened> happened,
        ScoreStrip strip,
        List<AnomalyLine> anomalies,
        WhyPanel why,
        List<FeedbackCorner> feedback,
        String csv,
        String anomaliesCsv,
        List<AsCode> code) {
    /**
     * Something that the chart can show beside its series.
     *
     * @param id of its element
     * @param href this page with it, or without it while it is on
     */
    public record Switch(String id, String name, String href, boolean on) {}

    /** Something that somebody did: when, and a sentence. */
    public record Happened(String time, String text) {}

    /** The page of the cluster. */
    public String clusterHref() {
        return Links.cluster(cluster);
    }
}
