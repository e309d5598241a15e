package dev.vedette.dashboard;

/**
 * An anomaly as one row of a table.
 *
 * @param start when it began
 * @param score its highest score
 * @param node on which node
 * @param what the rest of the sentence
 * @param kind its kind in words
 * @param state where it stands
 * @param href its page
 */
public record AnomalyLine(
        String start,
        ScoreMark score,
        String node,
        String what,
        String kind,
        String state,
        String href) {}
