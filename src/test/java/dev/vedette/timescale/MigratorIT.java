package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class MigratorIT {
    private static final TestDatabase DATABASE = TestDatabase.embedded();
    private static final TenantId ACME = new TenantId("acme");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void loginOwnsNothingAndIsNoSuperuser() {
        DATABASE.workers()
                .await(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row =
                                    statement.executeQuery(
                                            "SELECT rolsuper, rolbypassrls, (SELECT count(*) FROM"
                                                    + " pg_class WHERE relowner = r.oid) FROM"
                                                    + " pg_roles r WHERE rolname = session_user")) {
                        assertTrue(row.next());
                        assertEquals(
                                "f f 0",
                                row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
                        return true;
                    }
                });
    }

    @Test
    void theNewestMigrationIsTheVersionThatTheServiceAsksFor() {
        assertEquals(
                Migrator.VERSION,
                DATABASE.pool()
                        .query("SELECT schema_version()")
                        .executeAndAwait()
                        .iterator()
                        .next()
                        .getInteger(0));
    }

    @Test
    void loginReadsNoTableWithoutARole() {
        assertThrows(
                RuntimeException.class,
                () -> DATABASE.pool().query("SELECT * FROM series").executeAndAwait());
    }

    @Test
    void requestReadsNoTable() {
        assertThrows(
                RuntimeException.class,
                () ->
                        DATABASE.tenants()
                                .run(ACME, c -> c.query("SELECT * FROM series").execute())
                                .await()
                                .indefinitely());
    }
}
