package dev.vedette.timescale;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;

/**
 * Everything the service keeps, in one file: a ZIP with the rows of each table as PostgreSQL's
 * binary COPY gives them, and a {@link BackupManifest}. One transaction reads it all, so it is as
 * of one moment, while the service goes on. What the migrations make by themselves is not in it.
 *
 * <p>Our own form, as pg_dump is not among the programs of the embedded server, and so that one
 * command serves every server.
 */
public final class DatabaseBackup {
    /** Made by the migrations, or about this server only. */
    static final Set<String> LEFT_OUT =
            Set.of("flyway_schema_history", "storage_capability", "time_shaped");

    // Parts of a table are not listed: the table gives their rows.
    private static final String TABLES =
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND NOT c.relispartition
                AND NOT EXISTS (SELECT 1 FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.relname
            """;
    private static final String REFERS =
            """
            SELECT f.conrelid::regclass::text, f.confrelid::regclass::text FROM pg_constraint f
            WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
                AND f.conrelid <> f.confrelid
            """;
    private static final String VERSION =
            "SELECT max(version) FROM flyway_schema_history WHERE success AND version IS NOT NULL";

    private DatabaseBackup() {}

    /**
     * What was written.
     *
     * @param tables how many tables
     * @param rows how many rows
     * @param bytes of the file
     */
    public record Summary(int tables, long rows, long bytes) {}

    /**
     * Writes the file, which only its owner may read; one that is there is replaced once the new
     * one is whole. Blocking.
     *
     * @param owner login that owns the tables
     * @throws IOException when the file cannot be written
     * @throws IllegalStateException when the database cannot be read, or was never migrated
     */
    public static Summary write(DatabaseUrl owner, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(
                part,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Connection connection =
                DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password())) {
            BackupManifest manifest;
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
                zip.setLevel(Deflater.BEST_SPEED);
                manifest = write(connection, zip);
            }
            move(part, target);
            return new Summary(manifest.tables().size(), manifest.rows(), Files.size(target));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + owner + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static BackupManifest write(Connection connection, ZipOutputStream zip)
            throws SQLException, IOException {
        List<String> names = tables(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            // Before the transaction's moment is fixed: a slot of the log that is truncated, or a
            // partition that is dropped, after that moment would be missing from it.
            statement.execute(
                    "LOCK TABLE "
                            + names.stream()
                                    .map(DatabaseBackup::quoted)
                                    .collect(Collectors.joining(", "))
                            + " IN ACCESS SHARE MODE");
            String version = text(statement, VERSION);
            String now =
                    text(
                            statement,
                            "SELECT to_char(now() AT TIME ZONE 'UTC',"
                                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
            List<BackupManifest.Table> written = new ArrayList<>();
            for (String name : names) {
                written.add(table(connection, name, zip));
            }
            BackupManifest manifest =
                    new BackupManifest(version, now, written, sequences(statement));
            zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
            zip.write(manifest.encode().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            connection.rollback();
            return manifest;
        }
    }

    /** The tables of the service, those before that others refer to. */
    static List<String> tables(Connection connection) throws SQLException {
        Set<String> all = new LinkedHashSet<>();
        List<String[]> refers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(TABLES)) {
                while (row.next()) {
                    all.add(row.getString(1));
                }
            }
            if (!all.contains("flyway_schema_history")) {
                throw new IllegalStateException("the database holds no Vedette");
            }
            all.removeAll(LEFT_OUT);
            try (ResultSet row = statement.executeQuery(REFERS)) {
                while (row.next()) {
                    refers.add(new String[] {row.getString(1), row.getString(2)});
                }
            }
        }
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < all.size()) {
            int before = ordered.size();
            for (String name : all) {
                boolean ready =
                        refers.stream()
                                .filter(one -> one[0].equals(name) && all.contains(one[1]))
                                .allMatch(one -> ordered.contains(one[1]));
                if (ready) {
                    ordered.add(name);
                }
            }
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
        }
        return List.copyOf(ordered);
    }

    private static BackupManifest.Table table(
            Connection connection, String name, ZipOutputStream zip)
            throws SQLException, IOException {
        List<String> columns = columns(connection, name);
        String listed =
                columns.stream().map(DatabaseBackup::quoted).collect(Collectors.joining(", "));
        zip.putNextEntry(new ZipEntry("tables/" + name + ".copy"));
        DigestOutputStream digest = new DigestOutputStream(unclosable(zip), sha256());
        long rows =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "COPY (SELECT "
                                        + listed
                                        + " FROM "
                                        + quoted(name)
                                        + ") TO STDOUT (FORMAT binary)",
                                digest);
        zip.closeEntry();
        return new BackupManifest.Table(
                name, columns, rows, HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    }

    private static List<String> columns(Connection connection, String name) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT attname FROM pg_attribute WHERE attrelid = 'public."
                                        + quoted(name)
                                        + "'::regclass AND attnum > 0 AND NOT attisdropped"
                                        + " AND attgenerated = '' ORDER BY attnum")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        return columns;
    }

    // Numbers given since the transaction's moment only make it larger, which is safe.
    private static List<BackupManifest.Sequence> sequences(Statement statement)
            throws SQLException {
        List<BackupManifest.Sequence> sequences = new ArrayList<>();
        try (ResultSet row =
                statement.executeQuery(
                        "SELECT sequencename, last_value FROM pg_sequences"
                                + " WHERE schemaname = 'public' AND last_value IS NOT NULL"
                                + " ORDER BY sequencename")) {
            while (row.next()) {
                sequences.add(new BackupManifest.Sequence(row.getString(1), row.getLong(2)));
            }
        }
        return sequences;
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A digest of a table's rows. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A name as SQL takes it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    // The driver closes nothing it was handed today; the file must not depend on it.
    private static OutputStream unclosable(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() {
                // stays open
            }
        };
    }
}
