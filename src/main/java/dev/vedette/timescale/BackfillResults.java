package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.SeriesReplay;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * What backfills find: gathered beside the live results, then put in their place. An anomaly that
 * live detection still follows is left to it. Transactions of the caller.
 */
final class BackfillResults {
    // Held to the end of the transaction: nobody can cancel or take the task in between.
    private static final String HELD =
            "SELECT 1 FROM backfill_job" + JobLeases.HELD + " FOR UPDATE";
    private static final String KEEP =
            """
            UPDATE backfill_job SET leased_until = now() + interval '1 millisecond' * ?
            WHERE tenant_id = ? AND id = ?
            """;
    // An attempt that brings series forward was not in vain.
    private static final String PROGRESS =
            """
            UPDATE backfill_job SET after_series = ?, series_done = series_done + ?,
                points = points + ?, anomalies = anomalies + ?, attempts = 1,
                leased_until = now() + interval '1 millisecond' * ?
            WHERE tenant_id = ? AND id = ?
            """;
    private static final String SCORES =
            """
            INSERT INTO backfill_score
                (tenant_id, backfill_id, series_id, buckets, scores, anomalous)
            SELECT ?, ?, ?, array(SELECT to_timestamp(t / 1000.0) FROM unnest(?::bigint[])
                WITH ORDINALITY AS u (t, n) ORDER BY n), ?, ?
            """;
    private static final String DONE =
            """
            UPDATE backfill_job SET state = 'completed', ended_at = now(), owner = NULL
            WHERE tenant_id = ? AND id = ?
            """;

    private BackfillResults() {}

    /** Gathers what was found on some series. */
    static boolean stage(
            Connection connection,
            BackfillWork.Task task,
            List<BackfillWork.Found> found,
            long points,
            Duration lease)
            throws SQLException {
        if (!isHeld(connection, task)) {
            return false;
        }
        Backfill backfill = task.backfill();
        List<Anomaly> anomalies = new ArrayList<>();
        found.forEach(one -> anomalies.addAll(one.anomalies()));
        BackfillAnomalies.gather(connection, backfill.id(), anomalies);
        scores(connection, backfill, found);
        try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
            new Binder(statement)
                    .set(
                            found.getLast().series().id().value(),
                            found.size(),
                            points,
                            anomalies.size(),
                            lease.toMillis(),
                            backfill.tenant().value(),
                            backfill.id());
            statement.executeUpdate();
        }
        return true;
    }

    private static void scores(
            Connection connection, Backfill backfill, List<BackfillWork.Found> found)
            throws SQLException {
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement statement = connection.prepareStatement(SCORES)) {
            for (BackfillWork.Found one : found) {
                SeriesReplay.Scores scores = one.scores();
                statement.setString(1, backfill.tenant().value());
                statement.setObject(2, backfill.id());
                statement.setLong(3, one.series().id().value());
                statement.setArray(4, arrays.createArrayOf("int8", scores.buckets()));
                statement.setArray(5, arrays.createArrayOf("float4", scores.scores()));
                statement.setArray(6, arrays.createArrayOf("bool", scores.anomalous()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Holds the task for longer. */
    static boolean keep(Connection connection, BackfillWork.Task task, Duration lease)
            throws SQLException {
        if (!isHeld(connection, task)) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            new Binder(statement)
                    .set(lease.toMillis(), task.backfill().tenant().value(), task.backfill().id());
            statement.executeUpdate();
        }
        return true;
    }

    /** Puts what was found in place of the older results. */
    static boolean complete(Connection connection, BackfillWork.Task task) throws SQLException {
        if (!isHeld(connection, task)) {
            return false;
        }
        Backfill backfill = task.backfill();
        BackfillAnomalies.replace(connection, backfill);
        BackfillScores.replace(connection, backfill);
        for (String staged : List.of("backfill_anomaly", "backfill_score")) {
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "DELETE FROM " + staged + " WHERE backfill_id = ?")) {
                statement.setObject(1, backfill.id());
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(DONE)) {
            new Binder(statement).set(backfill.tenant().value(), backfill.id());
            statement.executeUpdate();
        }
        return true;
    }

    private static boolean isHeld(Connection connection, BackfillWork.Task task)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HELD)) {
            new Binder(statement)
                    .set(task.backfill().tenant().value(), task.backfill().id(), task.owner());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
