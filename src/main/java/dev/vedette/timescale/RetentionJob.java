package dev.vedette.timescale;

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
 * Makes partitions ahead of time and lets old data go: whole chunks or partitions once they are too
 * old for every tenant, and rows for a tenant that keeps its data for less time than others. Does
 * nothing as long as there is no tenant.
 */
@ApplicationScoped
public class RetentionJob implements PeriodicJob {
    // A bucket is over four hours after its start at most, hence the margin.
    private static final String DROP =
            """
            SELECT drop_expired(now() - interval '4 hours' - interval '1 second' * longest)
            FROM (SELECT max(retention_seconds) AS longest FROM tenant) AS t
            WHERE longest IS NOT NULL
            """;
    private static final String DELETE =
            """
            DELETE FROM %1$s USING tenant t WHERE %1$s.tenant_id = t.tenant_id
            AND %1$s.%2$s < now() - interval '4 hours' - interval '1 second' * t.retention_seconds
            """;

    private final WorkerTransaction transaction;

    RetentionJob(WorkerTransaction transaction) {
        this.transaction = transaction;
    }

    private record Shaped(String table, String column) {}

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
        once("SELECT extend_partitions()");
        once(DROP);
        for (Shaped shaped : shaped()) {
            once(DELETE.formatted(shaped.table(), shaped.column()));
        }
        once(DELETE.formatted("anomaly", "window_end"));
    }

    private List<Shaped> shaped() {
        return transaction.await(connection -> {
            List<Shaped> shaped = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "SELECT table_name, time_column FROM time_shaped")) {
                while (row.next()) {
                    shaped.add(new Shaped(row.getString(1), row.getString(2)));
                }
            }
            return shaped;
        });
    }

    // One process at a time; who comes second finds the work done an hour later.
    private void once(String sql) {
        transaction.await(connection -> {
            if (locked(connection)) {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute(sql);
                }
            }
            return false;
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
