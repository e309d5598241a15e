package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppliedMigrationsIT {
    @TempDir Path folder;

    @Test
    void onlyADatabaseWithJustThisBuildsMigrationsIsNotMigrated() throws Exception {
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(folder, Path.of("target", "test-database", "programs"))) {
            DatabaseUrl owner = database.owner();
            assertFalse(AppliedMigrations.areThisBuilds(owner), "it is empty");
            Migrator.migrate(owner, "200");
            assertFalse(AppliedMigrations.areThisBuilds(owner), "some are missing");
            Migrator.migrate(owner);
            assertTrue(AppliedMigrations.areThisBuilds(owner));
            assertEquals(Migrator.applicationLogin(owner), Migrator.migrate(owner));

            isAnother(owner, "checksum = checksum + 1");
            isAnother(owner, "success = false");
            isAnother(owner, "script = 'V999__of_a_newer_version.sql'");
        }
    }

    private static void isAnother(DatabaseUrl owner, String change) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                owner.jdbcUrl(), owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT * FROM flyway_schema_history");
            statement.execute(
                    "UPDATE flyway_schema_history SET " + change + " WHERE installed_rank = 7");
            assertFalse(AppliedMigrations.areThisBuilds(owner), change);
            statement.execute("DELETE FROM flyway_schema_history");
            statement.execute("INSERT INTO flyway_schema_history SELECT * FROM kept");
            statement.execute("DROP TABLE kept");
            assertTrue(AppliedMigrations.areThisBuilds(owner));
        }
    }
}
