package dev.vedette.timescale;

import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.http.RetentionConfig;
import dev.vedette.scheduling.PeriodicJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes partitions ahead of time and lets old data go, each kind at its own time: whole chunks or
 * partitions once they are too old for every tenant, and rows for a tenant that keeps its data for
 * less time than others. Does nothing as long as there is no tenant.
 */
@ApplicationScoped
public class RetentionJob implements PeriodicJob {
    /** How long a tenant keeps points: what it set, within its limit. */
    private static final String POINTS =
            "least(coalesce(r.points_seconds, t.retention_seconds), t.retention_seconds)";

    private static final String TENANTS =
            " FROM tenant t LEFT JOIN tenant_retention r USING (tenant_id)";

    private final WorkerTransaction transaction;
    private final RetentionConfig config;

    RetentionJob(WorkerTransaction transaction, RetentionConfig config) {
        this.transaction = transaction;
        this.config = config;
    }

    /** A table, the column its age is told by, and its retention in seconds, in SQL. */
    private record Kept(String table, String column, String seconds) {}

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        once(connection -> execute(connection, "SELECT extend_partitions()"));
        for (Kept kept : shaped()) {
            drop(kept);
            delete(kept);
        }
        delete(new Kept("anomaly", "window_end", seconds("anomaly")));
        // an id counts once for as long as its transaction is kept
        delete(new Kept("transaction_key", "received_at", POINTS));
        once(connection ->
                execute(
                        connection,
                        "DELETE FROM audit_event WHERE at < now() - interval '1 second' * "
                                + config.audit().toSeconds()));
        once(connection ->
                execute(
                        connection,
                        "DELETE FROM idempotency_key WHERE begun_at < now() - "
                                + TimescaleIdempotencyStore.KEPT));
        once(RetentionJob::forgetBackfills);
        once(connection ->
                execute(
                        connection,
                        "DELETE FROM backtest_job WHERE created_at < now() - interval '1 second' * "
                                + BacktestRun.KEPT.toSeconds()));
    }

    // Ended a month ago: nobody will resume them.
    private static void forgetBackfills(Connection connection) throws SQLException {
        String old = "FROM backfill_job WHERE ended_at < now() - interval '30 days'";
        for (String staged : List.of("backfill_anomaly", "backfill_score")) {
            execute(
                    connection,
                    "DELETE FROM " + staged + " WHERE backfill_id IN (SELECT id " + old + ")");
        }
        execute(connection, "DELETE " + old);
    }

    private String seconds(String table) {
        return switch (table) {
            case "point_rollup_5m" -> or("fine_rollups", config.fineRollups());
            // rows of a day
            case "point_rollup_1h" -> or("hourly_rollups", config.hourlyRollups()) + " + 72000";
            case "anomaly", "score_bucket", "rollup_score" -> or("anomalies", config.anomalies());
            // until the last of its five-minute rows has gone
            case "rollup_hour" -> or("anomalies", config.anomalies()) + " + 3600";
            default -> POINTS;
        };
    }

    private static String or(String set, Duration otherwise) {
        return "coalesce(r." + set + "_seconds, " + otherwise.toSeconds() + ")";
    }

    private void drop(Kept kept) {
        once(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "SELECT max(" + kept.seconds() + ")" + TENANTS)) {
                long longest = row.next() ? row.getLong(1) : 0;
                if (longest > 0) {
                    execute(connection, dropping(kept, longest));
                }
            }
        });
    }

    // The cutoff is a parameter, so that partitions and chunks out of its reach are not looked at.
    private void delete(Kept kept) {
        once(connection -> {
            try (Statement tenants = connection.createStatement();
                    PreparedStatement statement = connection.prepareStatement(deleting(kept));
                    ResultSet row =
                            tenants.executeQuery(
                                    "SELECT t.tenant_id, " + kept.seconds() + TENANTS)) {
                while (row.next()) {
                    statement.setString(1, row.getString(1));
                    statement.setLong(2, row.getLong(2));
                    statement.executeUpdate();
                }
            }
        });
    }

    // A row is over four hours after its start, hence the margin.
    private static String dropping(Kept kept, long seconds) {
        return "SELECT drop_expired('"
                + kept.table()
                + "', now() - interval '4 hours' - interval '1 second' * "
                + seconds
                + ")";
    }

    private static String deleting(Kept kept) {
        return "DELETE FROM "
                + kept.table()
                + " WHERE tenant_id = ? AND "
                + kept.column()
                + " < now() - interval '4 hours' - interval '1 second' * ?";
    }

    private List<Kept> shaped() {
        return transaction.await(connection -> {
            List<Kept> shaped = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "SELECT table_name, time_column FROM time_shaped")) {
                while (row.next()) {
                    shaped.add(
                            new Kept(
                                    row.getString(1), row.getString(2), seconds(row.getString(1))));
                }
            }
            return shaped;
        });
    }

    /** What one transaction does. */
    @FunctionalInterface
    private interface Upkeep {
        void on(Connection connection) throws SQLException;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    // One process at a time; who comes second finds the work done an hour later.
    private void once(Upkeep upkeep) {
        transaction.await(connection -> {
            if (locked(connection)) {
                upkeep.on(connection);
            }
            return connection;
        });
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(7306073)");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
