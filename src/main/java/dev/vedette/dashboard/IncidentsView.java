package dev.vedette.dashboard;

import java.util.List;

/**
 * What the list of incidents shows.
 *
 * @param headline how many go on, in a sentence
 * @param lead the sentence under it
 * @param filters which ones: those that go on, all
 * @param lines the incidents, newest first
 * @param next where the list goes on; empty at its end
 * @param csv the newest thousand of them as a file
 */
public record IncidentsView(
        String headline,
        String lead,
        List<WatchStrip.Choice> filters,
        List<Line> lines,
        String next,
        String csv) {
    /**
     * One incident as a row.
     *
     * @param start when it began
     * @param score its highest score
     * @param title what and where
     * @param spread how far it reaches, in words
     * @param lasted how long
     * @param state where it stands, in words
     * @param href its page
     */
    public record Line(
            String start,
            ScoreMark score,
            String title,
            String spread,
            String lasted,
            String state,
            String href) {}
}
