package dev.vedette.timescale;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Merges the parts of buckets that are over into one row per series, part 0, and rolls them up: hot
 * rows become cold ones. A part written meanwhile has a higher number, is left alone, and marks the
 * bucket again.
 */
final class BlockMerger {
    /** Series per transaction: a checkpoint that marks the same bucket waits for no more. */
    private static final int SERIES = 100;

    /** Only buckets over for so long: most late points have come by then. */
    private static final Duration REST = Duration.ofMinutes(30);

    private static final String DUE =
            """
            SELECT tenant_id, bucket, after_series FROM block_due WHERE bucket < now() - interval '4 hours' - ?
            ORDER BY bucket, tenant_id LIMIT 1 FOR UPDATE SKIP LOCKED
            """;
    private static final String IN_PARTS =
            """
            SELECT array_agg(series_id) FROM (
                SELECT series_id FROM point_block
                WHERE tenant_id = ? AND series_id > ? AND bucket = ?
                GROUP BY series_id HAVING max(part) <> 0 ORDER BY series_id LIMIT ?
            ) AS s
            """;
    private static final String AFTER =
            "UPDATE block_due SET after_series = ? WHERE tenant_id = ? AND bucket = ?";
    private static final String DONE = "DELETE FROM block_due WHERE tenant_id = ? AND bucket = ?";
    private static final String TAKE =
            """
            WITH taken AS (
                DELETE FROM point_block
                WHERE tenant_id = ? AND series_id = ANY (?) AND bucket = ?
                RETURNING *
            )
            SELECT * FROM taken ORDER BY series_id, part
            """;

    private BlockMerger() {}

    private record Due(String tenant, OffsetDateTime bucket, long afterSeries) {
        long start() {
            return bucket.toInstant().toEpochMilli();
        }
    }

    /**
     * Merges a hundred series of one bucket.
     *
     * @return whether there was anything to do
     */
    static boolean merge(WorkerTransaction transaction) {
        return transaction.await(BlockMerger::merge);
    }

    /** The same in a transaction of the caller. */
    static boolean merge(Connection connection) throws SQLException {
        Optional<Due> due = due(connection);
        if (due.isPresent()) {
            merge(connection, due.get());
        }
        return due.isPresent();
    }

    private static void merge(Connection connection, Due due) throws SQLException {
        Optional<Array> series = inParts(connection, due);
        if (series.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(DONE)) {
                statement.setString(1, due.tenant());
                statement.setObject(2, due.bucket());
                statement.executeUpdate();
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, due.tenant());
            statement.setArray(2, series.get());
            statement.setObject(3, due.bucket());
            RollupWriter rollups = new RollupWriter(due.tenant(), due.start());
            try (ResultSet row = statement.executeQuery();
                    BlockCopy copy = new BlockCopy(connection)) {
                write(row, copy, due, rollups);
                copy.end();
            }
            rollups.write(connection);
        }
        Long[] ids = (Long[]) series.get().getArray();
        try (PreparedStatement statement = connection.prepareStatement(AFTER)) {
            statement.setLong(1, ids[ids.length - 1]);
            statement.setString(2, due.tenant());
            statement.setObject(3, due.bucket());
            statement.executeUpdate();
        }
    }

    // The rows were fetched whole before the COPY began: the connection is free for it.
    private static void write(ResultSet row, BlockCopy copy, Due due, RollupWriter rollups)
            throws SQLException {
        PointMerge points = new PointMerge();
        long current = -1;
        boolean whole = false;
        while (row.next()) {
            long series = row.getLong("series_id");
            if (series != current) {
                flush(copy, due, current, points, whole, rollups);
                current = series;
                whole = false;
            }
            whole |= row.getLong("part") <= 0;
            BlockRows.points(row, points::add);
        }
        flush(copy, due, current, points, whole, rollups);
    }

    private static void flush(
            BlockCopy copy,
            Due due,
            long series,
            PointMerge points,
            boolean whole,
            RollupWriter rollups)
            throws SQLException {
        if (points.size() > 0) {
            points.order();
            copy.row(due.tenant(), series, due.start(), 0, points, 0, points.size());
            rollups.add(series, points, whole);
            points.clear();
        }
    }

    private static Optional<Due> due(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        DUE.replace("?", "interval '" + REST.toSeconds() + " seconds'"))) {
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Due(
                                        row.getString(1),
                                        row.getObject(2, OffsetDateTime.class),
                                        row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    private static Optional<Array> inParts(Connection connection, Due due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IN_PARTS)) {
            statement.setString(1, due.tenant());
            statement.setLong(2, due.afterSeries());
            statement.setObject(3, due.bucket());
            statement.setInt(4, SERIES);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getArray(1)) : Optional.empty();
            }
        }
    }
}
