package dev.vedette.timescale;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;

/**
 * Puts a backup into an empty database: brings that to the schema of the backup, fills it in one
 * transaction, checks every table's digest, and migrates to the schema of this version. A failure
 * leaves the database empty.
 */
public final class DatabaseRestore {
    private static final String VERSION =
            "SELECT max(version) FROM flyway_schema_history WHERE success AND version IS NOT NULL";

    /** Who worked on what is over; somebody new takes it. */
    private static final String FREE =
            "UPDATE shard_lease SET owner = NULL, epoch = epoch + 1, expires_at = '-infinity'";

    private DatabaseRestore() {}

    /**
     * Restores. Blocking; the service must not run on the database.
     *
     * @param owner login that owns the database
     * @throws IOException when the file is not a whole backup
     * @throws IllegalStateException when the database is not empty or cannot be written, or the
     *     backup is of a newer version
     */
    public static DatabaseBackup.Summary read(DatabaseUrl owner, Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                Connection connection =
                        DriverManager.getConnection(
                                owner.jdbcUrl(), owner.user(), owner.password())) {
            BackupManifest manifest = manifest(zip, file);
            prepare(connection, owner, manifest);
            fill(connection, zip, manifest);
            Migrator.migrate(owner);
            return new DatabaseBackup.Summary(
                    manifest.tables().size(), manifest.rows(), java.nio.file.Files.size(file));
        } catch (ZipException e) {
            throw new IOException(file + " is no whole backup: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "restoring to " + owner + " failed: " + e.getMessage(), e);
        }
    }

    private static BackupManifest manifest(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(BackupManifest.ENTRY);
        if (entry == null) {
            throw new IOException(file + " is no whole backup: it has no manifest");
        }
        try (InputStream text = zip.getInputStream(entry)) {
            return BackupManifest.decode(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void prepare(Connection connection, DatabaseUrl owner, BackupManifest manifest)
            throws SQLException {
        Optional<String> found = version(connection);
        if (found.isEmpty()) {
            Migrator.migrate(owner, manifest.schemaVersion());
            found = version(connection);
        }
        if (found.isPresent() && !found.get().equals(manifest.schemaVersion())) {
            throw new IllegalStateException(
                    found.get().compareTo(manifest.schemaVersion()) < 0
                            ? "the backup has schema "
                                    + manifest.schemaVersion()
                                    + ", this version makes "
                                    + found.get()
                                    + "; restore with a newer vedette"
                            : "the database has schema "
                                    + found.get()
                                    + ", the backup "
                                    + manifest.schemaVersion()
                                    + "; restore into a database that was never migrated");
        }
    }

    private static Optional<String> version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT to_regclass('public.flyway_schema_history')")) {
                if (!row.next() || row.getString(1) == null) {
                    return Optional.empty();
                }
            }
            try (ResultSet row = statement.executeQuery(VERSION)) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void fill(Connection connection, ZipFile zip, BackupManifest manifest)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            List<String> tables = DatabaseCatalogue.tables(connection);
            requireEmpty(statement);
            statement.execute(
                    "TRUNCATE "
                            + tables.stream()
                                    .map(DatabaseCatalogue::quoted)
                                    .collect(Collectors.joining(", ")));
            for (BackupManifest.Table table : manifest.tables()) {
                fill(connection, statement, zip, table);
            }
            for (BackupManifest.Sequence sequence : manifest.sequences()) {
                setSequence(connection, sequence);
            }
            statement.execute(FREE);
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    private static void requireEmpty(Statement statement) throws SQLException {
        for (String table : List.of("tenant", "series", "detection_log", "point_block")) {
            try (ResultSet row =
                    statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + table + ")")) {
                if (row.next() && row.getBoolean(1)) {
                    throw new IllegalStateException(
                            "the database is not empty: "
                                    + table
                                    + " has rows; restore into a new database");
                }
            }
        }
    }

    // Triggers had their say when the rows were first written.
    private static void fill(
            Connection connection, Statement statement, ZipFile zip, BackupManifest.Table table)
            throws SQLException, IOException {
        String name = DatabaseCatalogue.quoted(table.name());
        List<String> triggers = triggers(statement, name);
        switchTriggers(statement, name, triggers, "DISABLE");
        ZipEntry entry = zip.getEntry(table.entry());
        if (entry == null) {
            throw new IOException("the backup is damaged: " + table.entry() + " is missing");
        }
        String columns =
                table.columns().stream()
                        .map(DatabaseCatalogue::quoted)
                        .collect(Collectors.joining(", "));
        try (DigestInputStream rows =
                new DigestInputStream(zip.getInputStream(entry), DatabaseBackup.sha256())) {
            long read =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "COPY "
                                            + name
                                            + " ("
                                            + columns
                                            + ") FROM STDIN (FORMAT binary)",
                                    rows);
            rows.skip(Long.MAX_VALUE);
            String digest = HexFormat.of().formatHex(rows.getMessageDigest().digest());
            if (read != table.rows() || !digest.equals(table.sha256())) {
                throw new IOException("the backup is damaged: " + table.entry());
            }
        }
        switchTriggers(statement, name, triggers, "ENABLE");
    }

    // Hypertables have one of TimescaleDB's own, which is not to be touched.
    private static List<String> triggers(Statement statement, String table) throws SQLException {
        List<String> triggers = new ArrayList<>();
        try (ResultSet row =
                statement.executeQuery(
                        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
                                + " AND tgname <> 'ts_insert_blocker' AND tgrelid = 'public."
                                + table
                                + "'::regclass")) {
            while (row.next()) {
                triggers.add(row.getString(1));
            }
        }
        return triggers;
    }

    private static void switchTriggers(
            Statement statement, String table, List<String> triggers, String how)
            throws SQLException {
        for (String trigger : triggers) {
            statement.execute(
                    "ALTER TABLE "
                            + table
                            + " "
                            + how
                            + " TRIGGER "
                            + DatabaseCatalogue.quoted(trigger));
        }
    }

    private static void setSequence(Connection connection, BackupManifest.Sequence sequence)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT setval(?::regclass, ?)")) {
            statement.setString(1, "public." + DatabaseCatalogue.quoted(sequence.name()));
            statement.setLong(2, sequence.last());
            statement.execute();
        }
    }
}
