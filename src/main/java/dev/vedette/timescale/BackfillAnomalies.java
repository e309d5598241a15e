package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.backfill.Backfill;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Anomalies that a backfill found: gathered, then put in the place of the older ones. */
final class BackfillAnomalies {
    private static final String GATHER =
            "INSERT INTO backfill_anomaly ("
                    + AnomalyWriter.COLUMNS
                    + ", backfilled, backfill_id) VALUES ("
                    + AnomalyWriter.PLACES
                    + ", true, ?)";

    // Of live detection's own, those that still go on stay: it extends them. Silence is seen by
    // following a node, which a backfill does not.
    private static final String REMOVE =
            """
            DELETE FROM anomaly a USING backfill_score f
            WHERE f.backfill_id = ? AND a.tenant_id = ? AND a.series_id = f.series_id
                AND a.source = 'metric' AND NOT a.is_open AND a.kind <> 'missing'
                AND a.window_start >= ? AND a.window_start < ?
                AND NOT EXISTS (SELECT 1 FROM backfill_anomaly n
                    WHERE n.backfill_id = f.backfill_id AND n.id = a.id)
            """;

    // Nobody will extend them.
    private static final String END =
            "UPDATE backfill_anomaly SET is_open = false, status = 'closed'"
                    + " WHERE backfill_id = ? AND is_open";
    private static final String STORE =
            "INSERT INTO anomaly AS a ("
                    + AnomalyWriter.COLUMNS
                    + ", backfilled, backfill_id) SELECT "
                    + AnomalyWriter.COLUMNS
                    + ", backfilled, backfill_id FROM backfill_anomaly WHERE backfill_id = ?"
                    + " ON CONFLICT (tenant_id, id) DO UPDATE SET "
                    + AnomalyWriter.CHANGES
                    + ", backfill_id = excluded.backfill_id WHERE NOT a.is_open";

    private BackfillAnomalies() {}

    /** Gathers them. */
    static void gather(Connection connection, UUID backfill, List<Anomaly> anomalies)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GATHER)) {
            for (Anomaly anomaly : anomalies) {
                Binder to = new Binder(statement);
                AnomalyWriter.bind(to, anomaly);
                to.set(backfill);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Puts all that was gathered in place of what starts in the range. */
    static void replace(Connection connection, Backfill backfill) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            new Binder(statement)
                    .set(
                            backfill.id(),
                            backfill.tenant().value(),
                            Rows.parameter(backfill.request().range().from()),
                            Rows.parameter(backfill.request().range().to()));
            statement.executeUpdate();
        }
        for (String sql : List.of(END, STORE)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, backfill.id());
                statement.executeUpdate();
            }
        }
    }
}
