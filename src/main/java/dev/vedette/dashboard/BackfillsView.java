package dev.vedette.dashboard;

import java.util.List;

/**
 * What the list of backfills shows.
 *
 * @param headline how many are at work, in a sentence
 * @param lines the backfills, newest first
 * @param atWork whether one is queued or running, so that the page asks again
 */
public record BackfillsView(String headline, List<Line> lines, boolean atWork) {
    /**
     * One backfill as a row.
     *
     * @param asked when it was asked for
     * @param range the range it judges
     * @param what which series, in words
     * @param by with which engine, in words
     * @param done how far it is, in words
     * @param found how many anomalies it found
     * @param state where it stands, in words
     */
    public record Line(
            String asked,
            String range,
            String what,
            String by,
            String done,
            String found,
            String state) {}
}
