package dev.vedette.timescale;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the service's database consists of, as its catalogue has it: for backups. */
final class DatabaseCatalogue {
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

    private DatabaseCatalogue() {}

    /** The newest migration. */
    static String version(Statement statement) throws SQLException {
        return text(statement, VERSION);
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

    /** The columns of a table that are stored, in their order. */
    static List<String> columns(Connection connection, String name) throws SQLException {
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

    /** The sequences, and the last number that each has given. */
    static List<BackupManifest.Sequence> sequences(Statement statement) throws SQLException {
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

    /** The only value of a query's only row. */
    static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A name as SQL takes it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
