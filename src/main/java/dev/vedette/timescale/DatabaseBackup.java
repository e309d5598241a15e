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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
        List<String> names = DatabaseCatalogue.tables(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            // Before the transaction's moment is fixed: a slot of the log that is truncated, or a
            // partition that is dropped, after that moment would be missing from it.
            statement.execute(
                    "LOCK TABLE "
                            + names.stream()
                                    .map(DatabaseCatalogue::quoted)
                                    .collect(Collectors.joining(", "))
                            + " IN ACCESS SHARE MODE");
            String version = DatabaseCatalogue.version(statement);
            String now =
                    DatabaseCatalogue.text(
                            statement,
                            "SELECT to_char(now() AT TIME ZONE 'UTC',"
                                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
            // Numbers of sequences given since the transaction's moment only make them larger,
            // which
            // is safe.
            List<BackupManifest.Table> written = new ArrayList<>();
            for (String name : names) {
                written.add(table(connection, name, zip));
            }
            BackupManifest manifest =
                    new BackupManifest(
                            version, now, written, DatabaseCatalogue.sequences(statement));
            zip.putNextEntry(new ZipEntry(BackupManifest.ENTRY));
            zip.write(manifest.encode().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            connection.rollback();
            return manifest;
        }
    }

    private static BackupManifest.Table table(
            Connection connection, String name, ZipOutputStream zip)
            throws SQLException, IOException {
        List<String> columns = DatabaseCatalogue.columns(connection, name);
        String listed =
                columns.stream().map(DatabaseCatalogue::quoted).collect(Collectors.joining(", "));
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
                                        + DatabaseCatalogue.quoted(name)
                                        + ") TO STDOUT (FORMAT binary)",
                                digest);
        zip.closeEntry();
        return new BackupManifest.Table(
                name, columns, rows, HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    }

    /** A digest of a table's rows. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
