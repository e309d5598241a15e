package dev.vedette.timescale;

import dev.vedette.detection.LogRow;
import dev.vedette.detection.Watermark;
import dev.vedette.tracing.Traceparent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGStatement;

/** Reads rows of one shard's log. */
final class LogReader {
    /**
     * Rows after the watermark, whole lanes from their first row on, never one without its
     * predecessor: a row's time counts as the latest of its lane so far, so that a clock set back
     * cannot let a row overtake. Lanes share the limit by time, so that none starves the others.
     * Lanes are found by hopping over the primary key, as one that was opened a moment ago is
     * written down nowhere else.
     */
    private static final String LIVE =
            """
            WITH RECURSIVE lane (lane) AS (
                SELECT min(lane) FROM detection_log WHERE shard = ?
                UNION ALL
                SELECT (SELECT min(d.lane) FROM detection_log d
                        WHERE d.shard = ? AND d.lane > lane.lane)
                FROM lane WHERE lane.lane IS NOT NULL
            ), pending AS (
                SELECT r.*, max(r.committed_at) OVER (PARTITION BY r.lane ORDER BY r.seq) AS at
                FROM lane
                LEFT JOIN unnest(?::bigint[], ?::bigint[]) AS seen (lane, seq) USING (lane)
                CROSS JOIN LATERAL (
                    SELECT d.lane, d.seq, d.committed_at, d.points, d.payload, d.traceparents
                    FROM detection_log d
                    WHERE d.shard = ? AND d.lane = lane.lane AND d.seq > coalesce(seen.seq, 0)
                    ORDER BY d.seq LIMIT 1000
                ) r
                WHERE lane.lane IS NOT NULL
            ), counted AS (
                SELECT *, sum(points) OVER (ORDER BY at, lane, seq) - points AS before FROM pending
            )
            SELECT lane, seq, committed_at, payload, traceparents FROM counted
            WHERE before < ? ORDER BY lane, seq
            """;

    private static final String REPLAY =
            """
            SELECT r.lane, r.seq, r.committed_at, r.payload, r.traceparents
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS w (lane, after, up_to)
            CROSS JOIN LATERAL (
                SELECT d.lane, d.seq, d.committed_at, d.payload, d.traceparents
                FROM detection_log d
                WHERE d.shard = ? AND d.lane = w.lane AND d.seq > w.after AND d.seq <= w.up_to
                ORDER BY d.seq
            ) r
            ORDER BY r.lane, r.seq
            """;

    // Hops from lane to lane over the keys of the ring's slots, as above: no row is read.
    private static final String NEWEST =
            """
            WITH RECURSIVE line (shard, lane) AS (
                (SELECT shard, lane FROM detection_log ORDER BY shard, lane LIMIT 1)
                UNION ALL
                SELECT next.* FROM line CROSS JOIN LATERAL (
                    SELECT d.shard, d.lane FROM detection_log d
                    WHERE (d.shard, d.lane) > (line.shard, line.lane)
                    ORDER BY d.shard, d.lane LIMIT 1
                ) next
            )
            SELECT shard, lane, (SELECT max(d.seq) FROM detection_log d
                                 WHERE d.shard = line.shard AND d.lane = line.lane)
            FROM line
            """;

    private LogReader() {}

    /** The last number of each lane of each shard. */
    static Map<Integer, Watermark> newest(Connection connection) throws SQLException {
        Map<Integer, Map<Long, Long>> lanes = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(NEWEST);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                lanes.computeIfAbsent(row.getInt(1), _ -> new HashMap<>())
                        .put(row.getLong(2), row.getLong(3));
            }
        }
        Map<Integer, Watermark> newest = new HashMap<>();
        lanes.forEach((shard, seqs) -> newest.put(shard, Watermark.of(seqs)));
        return newest;
    }

    /** Rows after that watermark, cut after about so many points. */
    static List<LogRow> live(Connection connection, int shard, Watermark after, int maxPoints)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIVE)) {
            binary(statement);
            statement.setInt(1, shard);
            statement.setInt(2, shard);
            statement.setArray(3, Watermarks.lanes(connection, after));
            statement.setArray(4, Watermarks.seqs(connection, after));
            statement.setInt(5, shard);
            statement.setInt(6, maxPoints);
            return rows(statement);
        }
    }

    /** All rows after one watermark, up to and including the other. */
    static List<LogRow> replay(Connection connection, int shard, Watermark after, Watermark upTo)
            throws SQLException {
        Long[] lanes = upTo.lanes().keySet().toArray(Long[]::new);
        Long[] from = new Long[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            from[i] = after.seq(lanes[i]);
        }
        try (PreparedStatement statement = connection.prepareStatement(REPLAY)) {
            binary(statement);
            statement.setArray(1, connection.createArrayOf("bigint", lanes));
            statement.setArray(2, connection.createArrayOf("bigint", from));
            statement.setArray(3, Watermarks.seqs(connection, upTo));
            statement.setInt(4, shard);
            return rows(statement);
        }
    }

    // The driver would fetch payloads as hexadecimal text until the statement's fifth use.
    private static void binary(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
    }

    private static List<LogRow> rows(PreparedStatement statement) throws SQLException {
        List<LogRow> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                byte[] payload = row.getBytes(4);
                rows.add(
                        new LogRow(
                                row.getLong(1),
                                row.getLong(2),
                                Rows.time(row, 3),
                                PackedPoints.unpack(payload),
                                () -> PackedPoints.unpack(payload),
                                Traceparent.readAll(row.getString(5))));
            }
        }
        return rows;
    }
}
