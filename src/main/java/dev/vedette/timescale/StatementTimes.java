package dev.vedette.timescale;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an embedded database's time goes, by statement, for benchmarks. Times are of the clock:
 * what a statement waits for others or for the disk is in them.
 */
public final class StatementTimes implements AutoCloseable {
    /** What the server must be started with. */
    public static final List<String> SETTINGS =
            List.of(
                    "shared_preload_libraries=pg_stat_statements",
                    "pg_stat_statements.track_utility=on");

    private static final String LONGEST =
            """
            SELECT calls, total_exec_time, wal_bytes,
                left(regexp_replace(query, '\\s+', ' ', 'g'), 100)
            FROM pg_stat_statements WHERE toplevel ORDER BY total_exec_time DESC LIMIT 20
            """;

    private final Connection connection;

    /**
     * A kind of statement.
     *
     * @param calls how often it ran
     * @param millis how long, together
     * @param walBytes what it wrote to the log, together
     * @param text its beginning, without its values
     */
    public record Kind(long calls, double millis, long walBytes, String text) {}

    private StatementTimes(Connection connection) {
        this.connection = connection;
    }

    /**
     * From now on.
     *
     * @param database started with {@link #SETTINGS}
     */
    public static StatementTimes of(EmbeddedDatabase database) throws IOException {
        DatabaseUrl login = database.superuser();
        try {
            Connection connection =
                    DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
            StatementTimes times = new StatementTimes(connection);
            times.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            times.execute("SELECT pg_stat_statements_reset()");
            return times;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The kinds that took longest so far, those first. */
    public List<Kind> longest() throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LONGEST)) {
            List<Kind> kinds = new ArrayList<>();
            while (row.next()) {
                kinds.add(
                        new Kind(
                                row.getLong(1),
                                row.getDouble(2),
                                row.getLong(3),
                                row.getString(4)));
            }
            return kinds;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
