package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the database refuses a request even when a statement forgets its tenant. */
final class TenantWallIT {
    private static final TestDatabase DATABASE = TestDatabase.embedded();
    private static final TenantId OURS = new TenantId("ours");
    private static final TenantId THEIRS = new TenantId("theirs");

    @BeforeAll
    static void fill() {
        for (TenantId tenant : List.of(OURS, THEIRS)) {
            SeriesKey key = new SeriesKey(tenant, "c", "n", "cpu", Labels.NONE);
            new TimescaleSeriesStore(DATABASE.tenants())
                    .findOrCreate(tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 9)
                    .await()
                    .indefinitely();
            DATABASE.execute(
                    "INSERT INTO point_block VALUES ('%s', 1, now(), 1, 1, 0, 0, NULL, '{1}')"
                            .formatted(tenant),
                    "INSERT INTO score_bucket VALUES ('%s', now(), 'c', 'n', '{1}', '{0}', '{f}')"
                            .formatted(tenant),
                    ("INSERT INTO anomaly (tenant_id, id, window_start, window_end, peak_at,"
                                    + " is_open, points, anomaly_score, anomaly_label, kind,"
                                    + " magnitude, confidence, severity, explanation, observed,"
                                    + " expected, lower, upper, engine, engine_version, status)"
                                    + " VALUES ('%s', gen_random_uuid(), now(), now(), now(), true,"
                                    + " 1, 0.5, 'spike', 'spike', 0.5, 0.5, 'info', 'x', 1, 1, 1,"
                                    + " 1, 'e', 1, 'open')")
                            .formatted(tenant));
        }
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    static List<String> views() throws SQLException {
        return names(
                "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND"
                        + " a.attname = 'tenant_id' WHERE relkind = 'v' AND"
                        + " relnamespace = 'scoped'::regnamespace");
    }

    static List<String> tables() throws SQLException {
        return names(
                "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON a.attrelid ="
                        + " c.oid AND a.attname = 'tenant_id' WHERE relkind IN ('r', 'p') AND"
                        + " relnamespace = 'public'::regnamespace");
    }

    private static List<String> names(String query) throws SQLException {
        return DATABASE.workers()
                .await(connection -> {
                    List<String> names = new ArrayList<>();
                    try (PreparedStatement statement = connection.prepareStatement(query);
                            ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            names.add(row.getString(1));
                        }
                    }
                    return names;
                });
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewShowsOneTenantWithoutAPredicate(String view) {
        Set<String> seen = new TreeSet<>();
        DATABASE.tenants()
                .run(OURS, c -> c.query("SELECT tenant_id FROM scoped." + view).execute())
                .await()
                .indefinitely()
                .forEach(row -> seen.add(row.getString(0)));
        assertTrue(Set.of("ours").containsAll(seen), () -> view + " shows " + seen);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tableIsRefused(String table) {
        RuntimeException refused =
                assertThrows(
                        RuntimeException.class,
                        () ->
                                DATABASE.tenants()
                                        .run(OURS, c -> c.query("SELECT * FROM " + table).execute())
                                        .await()
                                        .indefinitely());
        assertTrue(String.valueOf(refused.getMessage()).contains("permission denied"));
    }

    @Test
    void rowsOfTheFilledViewsAreSeen() {
        for (String view : List.of("series", "point_block", "point", "score_bucket", "anomaly")) {
            assertEquals(
                    1,
                    DATABASE.tenants()
                            .run(OURS, c -> c.query("SELECT 1 FROM scoped." + view).execute())
                            .await()
                            .indefinitely()
                            .size(),
                    view);
        }
    }

    @Test
    void writeForAnotherTenantIsRefused() {
        assertThrows(
                RuntimeException.class,
                () ->
                        DATABASE.tenants()
                                .run(
                                        OURS,
                                        c ->
                                                c.query(
                                                                "INSERT INTO scoped.series_count"
                                                                        + " VALUES ('theirs', 5)")
                                                        .execute())
                                .await()
                                .indefinitely());
    }

    @Test
    void rightGrantedOnATableByMistakeStillShowsOneTenant() {
        DATABASE.execute("GRANT SELECT ON anomaly TO vedette_request");
        try {
            assertEquals(
                    1,
                    DATABASE.tenants()
                            .run(OURS, c -> c.query("SELECT 1 FROM anomaly").execute())
                            .await()
                            .indefinitely()
                            .size());
        } finally {
            DATABASE.execute("REVOKE SELECT ON anomaly FROM vedette_request");
        }
    }

    @Test
    void requestRoleWithoutATenantSeesNothing() throws SQLException {
        try (Connection connection = DATABASE.source().getConnection();
                PreparedStatement role = connection.prepareStatement("SET ROLE vedette_request");
                PreparedStatement query =
                        connection.prepareStatement("SELECT 1 FROM scoped.series")) {
            role.execute();
            assertThrows(SQLException.class, query::executeQuery);
        }
    }

    @Test
    void workSentBehindARoleThatIsRefusedIsRefusedToo() {
        for (int i = 0; i < 8; i++) {
            assertThrows(
                    RuntimeException.class,
                    () ->
                            RoleTransaction.run(
                                            DATABASE.pool(),
                                            c -> c.query("SET LOCAL ROLE nobody_has_it").execute(),
                                            c -> c.query("SELECT 1").execute())
                                    .await()
                                    .indefinitely());
        }
        assertEquals(
                2,
                DATABASE.tenants()
                        .run(OURS, c -> c.query("SELECT generate_series(1, 2)").execute())
                        .await()
                        .indefinitely()
                        .size());
    }

    @Test
    void tenantDoesNotOutliveItsTransaction() {
        DATABASE.tenants().run(OURS, c -> c.query("SELECT 1").execute()).await().indefinitely();
        for (int i = 0; i < 8; i++) {
            String left =
                    DATABASE.pool()
                            .query(
                                    "SELECT coalesce(current_setting('app.tenant_id', true), '')"
                                            + " || current_user")
                            .executeAndAwait()
                            .iterator()
                            .next()
                            .getString(0);
            assertEquals(Migrator.APPLICATION_USER, left);
        }
    }
}
