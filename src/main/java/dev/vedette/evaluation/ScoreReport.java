package dev.vedette.evaluation;

import java.util.List;

/**
 * What a scoring run found.
 *
 * @param rows data rows read
 * @param metrics value columns
 * @param points points judged, gaps not counted
 * @param anomalies anomalies opened, over all metrics
 * @param outOfOrder rows whose time is not after the row before; they have no scores
 * @param badFields fields that could not be read
 * @param problems the first of those, with line and column
 */
public record ScoreReport(
        long rows,
        int metrics,
        long points,
        long anomalies,
        long outOfOrder,
        long badFields,
        List<Problem> problems) {
    /**
     * One field that could not be read.
     *
     * @param line number of the line, from 1, the header included
     * @param column name of the column
     * @param reason what is wrong with it
     */
    public record Problem(long line, String column, String reason) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column + ": " + reason;
        }
    }

    /** Copies the problems. */
    public ScoreReport {
        problems = List.copyOf(problems);
    }
}
