package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server by itself; few tests, as a fresh server takes seconds to make. */
final class EmbeddedDatabaseIT {
    private static final Path PROGRAMS = Path.of("target", "test-database", "programs");

    @TempDir Path folder;
    private final List<EmbeddedDatabase> started = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (EmbeddedDatabase database : started) {
            database.close();
        }
    }

    private EmbeddedDatabase start() throws IOException {
        EmbeddedDatabase database = EmbeddedDatabase.start(folder, PROGRAMS);
        started.add(database);
        return database;
    }

    @Test
    void killLosesNothingCommittedAndLeavesNothingInTheWay() throws Exception {
        EmbeddedDatabase first = start();
        assertIsSafe(first);
        assertFolderIsTaken();
        connect(Migrator.migrate(first.owner())).close();
        write(first, 500);
        kill(first);
        first.close();
        EmbeddedDatabase second = start();
        assertEquals(500, count(second));
        leaveBehind(second);
        assertEquals(500, count(start()));
    }

    @Test
    void agedServerHasFilesOfItsLogToUseAgain() throws Exception {
        EmbeddedDatabase database = start();
        assertTrue(filesAhead(database) < 5, "a young one has few");
        database.age();
        assertTrue(filesAhead(database) >= 16, "16 MB each");
    }

    /** Files of its log that are there and not yet written to. */
    private long filesAhead(EmbeddedDatabase database) throws Exception {
        String current;
        try (Connection connection = connect(database.owner());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT pg_walfile_name(pg_current_wal_insert_lsn())")) {
            assertTrue(row.next());
            current = row.getString(1);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.matches(".*/pg_wal/[0-9A-F]{24}"))
                    .filter(file -> file.substring(file.length() - 24).compareTo(current) > 0)
                    .count();
        }
    }

    private void assertIsSafe(EmbeddedDatabase database) throws Exception {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("password"))));
        try (Connection connection = connect(database.owner());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT current_setting('fsync'),"
                                        + " current_setting('synchronous_commit'),"
                                        + " current_setting('full_page_writes'),"
                                        + " (SELECT rolsuper FROM pg_roles WHERE rolname ="
                                        + " current_user)")) {
            assertTrue(row.next());
            assertEquals("on", row.getString(1));
            assertEquals("on", row.getString(2));
            assertEquals("on", row.getString(3));
            assertFalse(row.getBoolean(4));
        }
        DatabaseUrl wrong = database.owner().as(database.owner().user(), "guess");
        assertThrows(SQLException.class, () -> connect(wrong).close());
    }

    private void assertFolderIsTaken() {
        IOException refused =
                assertThrows(IOException.class, () -> EmbeddedDatabase.start(folder, PROGRAMS));
        assertTrue(String.valueOf(refused.getMessage()).contains("another process"));
    }

    private static void write(EmbeddedDatabase database, int rows) throws SQLException {
        try (Connection connection = connect(database.owner());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
            for (int i = 0; i < rows; i++) {
                statement.execute("INSERT INTO kept VALUES (" + i + ")");
            }
        }
    }

    private static int count(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database.owner());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM kept")) {
            assertTrue(row.next());
            return row.getInt(1);
        }
    }

    // The whole family at once, as a power cut would; the pid file stays.
    private void kill(EmbeddedDatabase database) throws Exception {
        ProcessHandle server = ProcessHandle.of(database.pid().getAsLong()).orElseThrow();
        List<ProcessHandle> family = server.descendants().toList();
        assertTrue(server.destroyForcibly());
        family.forEach(ProcessHandle::destroyForcibly);
        server.onExit().get(20, TimeUnit.SECONDS);
        assertTrue(Files.exists(folder.resolve("cluster/postmaster.pid")));
    }

    // As when the service alone is killed: the server goes on without it.
    private void leaveBehind(EmbeddedDatabase database) throws IOException {
        long pid = database.pid().getAsLong();
        database.abandon();
        assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }
}
