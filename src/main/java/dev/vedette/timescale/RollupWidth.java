package dev.vedette.timescale;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A width of roll-ups of points.
 *
 * @param table where they are
 * @param cell width of a cell, milliseconds
 * @param row width of a row, milliseconds; whole buckets of points
 */
record RollupWidth(String table, long cell, long row) {
    /** Five minutes, in rows as long as a bucket of points. */
    static final RollupWidth FINE =
            new RollupWidth(
                    "point_rollup_5m", Duration.ofMinutes(5).toMillis(), BlockWriter.BUCKET_MILLIS);

    /** An hour, in rows of a day. */
    static final RollupWidth HOURLY =
            new RollupWidth(
                    "point_rollup_1h",
                    Duration.ofHours(1).toMillis(),
                    Duration.ofDays(1).toMillis());

    /** All, narrow ones first. */
    static final List<RollupWidth> ALL = List.of(FINE, HOURLY);

    /** The widest from which steps of that many milliseconds can be made. */
    static Optional<RollupWidth> of(long stepMillis) {
        return ALL.reversed().stream().filter(width -> stepMillis % width.cell == 0).findFirst();
    }

    /** Start of the row that a time lies in. */
    long rowOf(long epochMillis) {
        return Math.floorDiv(epochMillis, row) * row;
    }
}
