package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readiness says of the database and of the workers. */
final class DependenciesIT {
    private final TestDatabase database = TestDatabase.embedded();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void databaseOfThisVersionIsThere() {
        assertDoesNotThrow(new DatabaseDependency(database.pool())::ask);
    }

    @Test
    void databaseThatWasNotMigratedIsAwayAndSaysWhatToDo() {
        asOwner("DELETE FROM flyway_schema_history WHERE version = '" + Migrator.VERSION + "'");
        DatabaseDependency dependency = new DatabaseDependency(database.pool());
        String said =
                String.valueOf(
                        assertThrows(IllegalStateException.class, dependency::ask).getMessage());
        assertTrue(said.contains("needs " + Migrator.VERSION), said);
        assertTrue(said.contains("vedette migrate"), said);
    }

    @Test
    void databaseOfALaterVersionIsThere() {
        asOwner(
                "INSERT INTO flyway_schema_history VALUES (99999, '999', 'later', 'SQL', 'V999', 0,"
                        + " 'x', now(), 1, true)");
        assertDoesNotThrow(new DatabaseDependency(database.pool())::ask);
    }

    @Test
    void workersAreAwayWhenNobodyHeldAShardAtTwoLooks() {
        WorkersDependency dependency = workers();
        assertDoesNotThrow(dependency::ask);
        String said = assertThrows(IllegalStateException.class, dependency::ask).getMessage();
        assertEquals("32 of 32 shards are held by no worker", said);
        hold("shard_lease", "true");
        hold("transaction_shard", "shard <> 3");
        said = assertThrows(IllegalStateException.class, dependency::ask).getMessage();
        assertEquals("1 of 32 shards are held by no worker", said);
        hold("transaction_shard", "true");
        assertDoesNotThrow(dependency::ask);
    }

    @Test
    void shardThatChangesHandsBetweenTwoLooksIsNoFault() {
        WorkersDependency dependency = workers();
        hold("shard_lease", "true");
        hold("transaction_shard", "shard <> 1");
        assertDoesNotThrow(dependency::ask);
        hold("transaction_shard", "true");
        asOwner("UPDATE transaction_shard SET expires_at = '-infinity' WHERE shard = 2");
        assertDoesNotThrow(dependency::ask);
    }

    private WorkersDependency workers() {
        return new WorkersDependency(database.workers(), true);
    }

    private void hold(String table, String which) {
        asOwner("UPDATE " + table + " SET expires_at = now() + interval '1 hour' WHERE " + which);
    }

    private void asOwner(String sql) {
        try (var connection =
                        java.sql.DriverManager.getConnection(
                                database.owner().jdbcUrl(),
                                database.owner().user(),
                                database.owner().password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
