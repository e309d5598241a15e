package dev.vedette.timescale;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the schema this version needs, and gives the service its own login there.
 *
 * <p>The owner's login (the one in {@code VEDETTE_DATABASE_URL}) owns the tables and is used for
 * nothing but migrations. The service signs in as {@value #APPLICATION_USER}, which owns nothing,
 * is no superuser and may become {@code vedette_request} or {@code vedette_worker}. Its password is
 * derived from the owner's (HMAC-SHA-256), so one URL is enough, every replica derives the same,
 * and nothing has to be stored; docs/adr says why.
 */
public final class Migrator {
    /** The login the service works with. */
    public static final String APPLICATION_USER = "vedette_app";

    /** The newest migration: what this build needs the database to be at, at least. */
    static final int VERSION = 350;

    private static final int ROLE_ATTEMPTS = 5;

    private Migrator() {}

    /**
     * Migrates and sets up the service's login. Blocking; safe to call from several processes at
     * once, and again.
     *
     * @param owner login that owns the database, or will own its tables; needs {@code CREATEROLE}
     *     the first time
     * @return what the service signs in with
     * @throws IllegalStateException when the database cannot be reached or a migration fails; the
     *     message says which
     */
    public static DatabaseUrl migrate(DatabaseUrl owner) {
        return AppliedMigrations.areThisBuilds(owner)
                ? prepared(owner, () -> {})
                : migrate(owner, "latest");
    }

    /**
     * The same up to a version.
     *
     * @param version as the migrations count, or {@code latest}
     */
    static DatabaseUrl migrate(DatabaseUrl owner, String version) {
        return prepared(
                owner,
                () ->
                        Flyway.configure(Migrator.class.getClassLoader())
                                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                                .locations("classpath:db/migration")
                                .target(version)
                                .load()
                                .migrate());
    }

    private static DatabaseUrl prepared(DatabaseUrl owner, Runnable migration) {
        try {
            migration.run();
            prepareLogin(owner);
        } catch (RuntimeException | SQLException e) {
            throw new IllegalStateException(
                    "migration of " + owner + " failed: " + e.getMessage(), e);
        }
        return applicationLogin(owner);
    }

    /** What the service signs in with, without touching the database. */
    public static DatabaseUrl applicationLogin(DatabaseUrl owner) {
        return owner.as(APPLICATION_USER, derivedPassword(owner.password()));
    }

    private static String derivedPassword(String ownerPassword) {
        if (ownerPassword.isEmpty()) {
            // The server lets the owner in without one; the service gets none either.
            return "";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            ownerPassword.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal(APPLICATION_USER.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    // Roles belong to the whole server: another database migrated at the same moment may get in
    // between, which the server reports in several ways and which a second try settles.
    private static void prepareLogin(DatabaseUrl owner) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection =
                            DriverManager.getConnection(
                                    owner.jdbcUrl(), owner.user(), owner.password());
                    Statement statement = connection.createStatement()) {
                createLogin(statement, owner);
                grant(statement);
                statement.execute("SELECT extend_partitions()");
                return;
            } catch (SQLException e) {
                if (attempt == ROLE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void createLogin(Statement statement, DatabaseUrl owner) throws SQLException {
        if (!holds(statement, "EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%s')")) {
            statement.execute("CREATE ROLE " + APPLICATION_USER + " LOGIN NOINHERIT");
        }
        DatabaseUrl login = applicationLogin(owner);
        if (!login.password().isEmpty() && !opens(login)) {
            // base64url has no quote
            statement.execute(
                    "ALTER ROLE " + APPLICATION_USER + " PASSWORD '" + login.password() + "'");
        }
    }

    private static boolean opens(DatabaseUrl login) {
        try {
            DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password()).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void grant(Statement statement) throws SQLException {
        for (String role : new String[] {"vedette_request", "vedette_worker"}) {
            if (!holds(statement, "pg_has_role('%s', '" + role + "', 'MEMBER')")) {
                statement.execute("GRANT " + role + " TO " + APPLICATION_USER);
            }
        }
        // The one right of its own: appending, without the round trip that changes the role. It
        // can read nothing of what it appended.
        if (!holds(statement, "has_table_privilege('%s', 'detection_log', 'INSERT')")) {
            statement.execute("GRANT INSERT ON detection_log TO " + APPLICATION_USER);
        }
    }

    private static boolean holds(Statement statement, String condition) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT " + condition.replace("%s", APPLICATION_USER))) {
            return row.next() && row.getBoolean(1);
        }
    }
}
