package dev.vedette.timescale;

import dev.vedette.detection.AnomalyFeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Drops what no reader needs any more of the log and of the ticks. */
final class LogTrimmer {
    /** As many as V003 creates. */
    private static final int SLOTS = 6;

    private static final int SLOT_SECONDS = 600;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String FORGET =
            """
            DELETE FROM shard_tick WHERE shard = ?
            AND tick < (SELECT tick FROM shard_checkpoint c WHERE c.shard = shard_tick.shard)
            """;

    // Longer than AnomalyFeed.KEPT by more than a clock may be wrong.
    private static final String FORGET_CHANGES =
            """
            DELETE FROM anomaly_change USING (SELECT ?::integer AS shard) own
            WHERE anomaly_change.shard IN (own.shard, own.shard + %d)
            AND changed_at < now() - interval '1 hour'
            """
                    .formatted(AnomalyFeed.lineOfPayments(0));

    private LogTrimmer() {}

    /**
     * Deletes the ticks before the shard's checkpoint, and what the feed no longer keeps of it and
     * of payments.
     */
    static void forgetTicks(Connection connection, int shard) throws SQLException {
        for (String forget : List.of(FORGET, FORGET_CHANGES)) {
            try (PreparedStatement statement = connection.prepareStatement(forget)) {
                statement.setInt(1, shard);
                statement.executeUpdate();
            }
        }
    }

    /**
     * Empties each slot of the ring that is not being written and that every shard's checkpoint has
     * passed. A slot somebody else is at work on is left for the next time.
     */
    static void emptySlots(WorkerTransaction transaction) {
        for (int slot = 0; slot < SLOTS; slot++) {
            int number = slot;
            transaction.await(connection -> {
                try (Statement statement = connection.createStatement()) {
                    if (isEmptiable(statement, number)) {
                        empty(statement, number);
                    }
                } catch (SQLException e) {
                    if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                        throw e;
                    }
                    connection.rollback();
                }
                return number;
            });
        }
    }

    /** Asks whether a row of that table, the log or a slot of it, is not in blocks yet. */
    static String needed(String table) {
        // Hops from lane to lane over the key: reading every row of a slot to see that none is
        // needed would cost more than the slot is worth.
        return """
        WITH RECURSIVE line (shard, lane) AS (
            (SELECT shard, lane FROM %1$s ORDER BY shard, lane LIMIT 1)
            UNION ALL
            SELECT next.* FROM line CROSS JOIN LATERAL (
                SELECT d.shard, d.lane FROM %1$s d
                WHERE (d.shard, d.lane) > (line.shard, line.lane)
                ORDER BY d.shard, d.lane LIMIT 1
            ) next
        )
        SELECT EXISTS (
            SELECT 1 FROM line
            WHERE (SELECT max(d.seq) FROM %1$s d
                   WHERE d.shard = line.shard AND d.lane = line.lane)
                > coalesce((
                    SELECT seen.seq FROM shard_checkpoint c
                    CROSS JOIN LATERAL unnest(c.lanes, c.seqs) AS seen (lane, seq)
                    WHERE c.shard = line.shard AND seen.lane = line.lane), 0)
        )
        """
                .formatted(table);
    }

    private static boolean isEmptiable(Statement statement, int slot) throws SQLException {
        return holds(
                        statement,
                        "SELECT (extract(epoch FROM now())::bigint / %d - %d) %% %d NOT IN (0, 1)"
                                .formatted(SLOT_SECONDS, slot, SLOTS))
                && holds(statement, "SELECT EXISTS (SELECT 1 FROM detection_log_" + slot + ")")
                && !holds(statement, needed("detection_log_" + slot));
    }

    // Asked again under the lock: a row may have come in late, by a transaction of ten minutes ago.
    private static void empty(Statement statement, int slot) throws SQLException {
        if (holds(statement, "SELECT pg_try_advisory_xact_lock(7306072)")) {
            statement.execute("SET LOCAL lock_timeout = '200ms'");
            statement.execute(
                    "LOCK TABLE ONLY detection_log_" + slot + " IN ACCESS EXCLUSIVE MODE");
            if (!holds(statement, needed("detection_log_" + slot))) {
                statement.execute("TRUNCATE ONLY detection_log_" + slot);
            }
        }
    }

    private static boolean holds(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
