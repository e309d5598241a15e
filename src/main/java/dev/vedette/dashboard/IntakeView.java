package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of ingestion shows.
 *
 * @param headline how it goes, in a sentence
 * @param counted since when, and by whom
 * @param lag how far the scores are behind, in a sentence
 * @param ways what came in, by the way it came
 * @param refusals what was refused, by reason
 * @param silent nodes, the longest silent first
 */
public record IntakeView(
        String headline,
        String counted,
        String lag,
        List<Way> ways,
        List<Refused> refusals,
        List<Node> silent) {
    /** One way in: points a second and refused ones of the last hour, and when something came. */
    public record Way(String name, String rate, String accepted, String refused, String last) {}

    /** Why points were refused: how many in the last hour, which way, and what to do. */
    public record Refused(String reason, String points, String way, String remedy) {}

    /** A node and when it was last judged. */
    public record Node(String name, String cluster, String href, String last, String ago) {}
}
