package dev.vedette.timescale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Whether a database holds just this build's migrations, each as it is packaged. Flyway finds out
 * too, but loads itself for it, on the path of every start. Says no to whatever is unusual, which
 * is then Flyway's to judge.
 */
final class AppliedMigrations {
    private static final String FOLDER = "/db/migration";
    private static final String SUFFIX = ".sql";

    private AppliedMigrations() {}

    /** Whether there is nothing to migrate, and nothing to complain of. */
    static boolean areThisBuilds(DatabaseUrl owner) {
        try {
            Map<String, Integer> packaged = packaged();
            return !packaged.isEmpty() && packaged.equals(applied(owner));
        } catch (IOException | URISyntaxException | SQLException e) {
            return false;
        }
    }

    /** Checksums by file; empty when they failed, or are not told by files. */
    private static Map<String, Integer> applied(DatabaseUrl owner) throws SQLException {
        Map<String, Integer> applied = new HashMap<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                owner.jdbcUrl(), owner.user(), owner.password());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT script, checksum, success AND type = 'SQL'"
                                        + " FROM flyway_schema_history")) {
            while (row.next()) {
                if (!row.getBoolean(3)) {
                    return Map.of();
                }
                applied.put(row.getString(1), row.getInt(2));
            }
        }
        return applied;
    }

    private static Map<String, Integer> packaged() throws IOException, URISyntaxException {
        Map<String, Integer> packaged = new HashMap<>();
        for (String script : scripts()) {
            try (InputStream file =
                    AppliedMigrations.class.getResourceAsStream(FOLDER + "/" + script)) {
                if (file != null) {
                    packaged.put(script, checksum(file));
                }
            }
        }
        return packaged;
    }

    // In the JAR, or in a folder of classes; a native executable has neither.
    private static List<String> scripts() throws IOException, URISyntaxException {
        URL folder = AppliedMigrations.class.getResource(FOLDER);
        if (folder == null) {
            return List.of();
        }
        if (folder.openConnection() instanceof JarURLConnection jar) {
            String prefix = FOLDER.substring(1) + "/";
            return names(
                    jar.getJarFile().stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.startsWith(prefix))
                            .map(name -> name.substring(prefix.length())));
        }
        if (folder.getProtocol().equals("file")) {
            try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
                return names(files.map(file -> file.getFileName().toString()));
            }
        }
        return List.of();
    }

    private static List<String> names(Stream<String> files) {
        return files.filter(name -> name.endsWith(SUFFIX)).toList();
    }

    /** As Flyway counts it: the CRC of the lines without their ends. */
    static int checksum(InputStream script) throws IOException {
        CRC32 crc = new CRC32();
        BufferedReader lines = new BufferedReader(new InputStreamReader(script, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            crc.update(line.getBytes(UTF_8));
        }
        return (int) crc.getValue();
    }
}
