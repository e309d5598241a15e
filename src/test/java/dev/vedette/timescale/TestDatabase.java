package dev.vedette.timescale;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.PointBatch;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fresh, migrated database for one suite, with the connections the service would have.
 *
 * <pre>{@code
 * private static final TestDatabase DATABASE = TestDatabase.embedded();
 *
 * @AfterAll
 * static void close() {
 *     DATABASE.close();
 * }
 * }</pre>
 *
 * All suites of a JVM share one embedded server, kept in {@code target} between runs.
 */
public final class TestDatabase implements AutoCloseable {
    private static final int MOST_SERVERS = 50;

    /** Names the superuser URL of a TimescaleDB for the suites that want one. */
    public static final String TIMESCALEDB_URL = "VEDETTE_TEST_TIMESCALEDB_URL";

    private static @Nullable EmbeddedDatabase server;

    private final DatabaseUrl superuser;
    private final DatabaseUrl owner;
    private final DatabaseUrl application;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final AgroalDataSource source;

    private TestDatabase(DatabaseUrl superuser, DatabaseUrl owner) {
        this.superuser = superuser;
        this.owner = owner;
        this.application = Migrator.migrate(owner);
        PgConnectOptions options =
                PgConnectOptions.fromUri(application.reactiveUrl())
                        .setUser(application.user())
                        .setPassword(application.password())
                        .setCachePreparedStatements(true);
        this.pool =
                Pool.newInstance(
                        PgBuilder.pool()
                                .with(new PoolOptions().setMaxSize(8))
                                .connectingTo(options)
                                .using(vertx.getDelegate())
                                .build());
        try {
            this.source = AgroalDataSource.from(agroal(application));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A database on the embedded server all suites share. */
    public static TestDatabase embedded() {
        try {
            return on(sharedServer().superuser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database on the TimescaleDB that {@value #TIMESCALEDB_URL} names; it must be set. */
    public static TestDatabase timescale() {
        return on(DatabaseUrl.parse(System.getenv(TIMESCALEDB_URL)));
    }

    /** A database on that server. */
    static TestDatabase on(DatabaseUrl superuser) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        String owner = name + "_owner";
        for (String role :
                List.of("vedette_request", "vedette_worker", "vedette_app LOGIN NOINHERIT")) {
            execute(
                    superuser,
                    "DO $$ BEGIN CREATE ROLE %s; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
                            .formatted(role));
        }
        execute(
                superuser,
                "CREATE ROLE " + owner + " LOGIN CREATEROLE PASSWORD 'owner'",
                // The roles are the server's: the owner of each database must be able to hand on.
                "GRANT vedette_request, vedette_worker, vedette_app TO "
                        + owner
                        + " WITH ADMIN OPTION",
                "CREATE DATABASE " + name + " OWNER " + owner);
        return new TestDatabase(superuser.in(name), superuser.in(name).as(owner, "owner"));
    }

    private static synchronized EmbeddedDatabase sharedServer() throws IOException {
        if (server == null) {
            EmbeddedDatabase started = startFree();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
            server = started;
        }
        return server;
    }

    // Another JVM, or another class loader of this one, may hold the first folders: every set of
    // resources that tests of Quarkus ask for is a class loader, and keeps its server to the end.
    private static EmbeddedDatabase startFree() throws IOException {
        for (int number = 0; ; number++) {
            try {
                return EmbeddedDatabase.start(
                        Path.of("target", "test-database", Integer.toString(number)),
                        Path.of("target", "test-database", "programs"));
            } catch (IOException e) {
                if (number == MOST_SERVERS
                        || !String.valueOf(e.getMessage()).startsWith("another process")) {
                    throw e;
                }
            }
        }
    }

    private static void close(EmbeddedDatabase started) {
        try {
            started.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AgroalDataSourceConfigurationSupplier agroal(DatabaseUrl login) {
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool ->
                        pool.maxSize(8)
                                .acquisitionTimeout(Duration.ofSeconds(10))
                                .connectionFactoryConfiguration(factory ->
                                        factory.jdbcUrl(login.jdbcUrl())
                                                .principal(new NamePrincipal(login.user()))
                                                .credential(new SimplePassword(login.password()))));
    }

    /** The login that owns the tables. */
    DatabaseUrl owner() {
        return owner;
    }

    /** The service's login. */
    public DatabaseUrl application() {
        return application;
    }

    /** The reactive pool of that login. */
    public Pool pool() {
        return pool;
    }

    /** The JDBC pool of that login. */
    public AgroalDataSource source() {
        return source;
    }

    /** The way of a request. */
    public TenantTransaction tenants() {
        return new TenantTransaction(pool);
    }

    /** The detection log. */
    public PointLog pointLog() {
        return new TimescalePointLog(pool, workers());
    }

    /** The detection log of a broker's points. */
    public BrokerLog brokerLog() {
        return new TimescaleBrokerLog(workers());
    }

    /** The catalogue. */
    public SeriesStore seriesStore() {
        return new TimescaleSeriesStore(tenants());
    }

    /** How many shards each worker holds. */
    public Map<String, Long> shardsByOwner() {
        Map<String, Long> shards = new TreeMap<>();
        query(
                "SELECT owner, count(*) FROM shard_lease WHERE owner IS NOT NULL"
                        + " AND expires_at > now() GROUP BY owner",
                row -> shards.put(row.getString(1), row.getLong(2)));
        return shards;
    }

    /** Every score of every series: "bucket node metric" to "score anomalous". */
    public SortedMap<String, String> scores() {
        SortedMap<String, String> scores = new TreeMap<>();
        query(
                """
                SELECT to_char(b.bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' '
                    || b.node_id || ' ' || s.metric_name, one.score || ' ' || one.anomalous
                FROM score_bucket b
                CROSS JOIN LATERAL unnest(b.series_ids, b.scores, b.anomalous)
                    AS one (series_id, score, anomalous)
                JOIN series s ON s.series_id = one.series_id
                """,
                row -> scores.put(row.getString(1), row.getString(2)));
        return scores;
    }

    /** How many series have a score in the bucket of that time or a later one. */
    public long scoredSince(String time) {
        long[] count = new long[1];
        query(
                """
                SELECT count(DISTINCT one.series_id) FROM score_bucket b
                CROSS JOIN LATERAL unnest(b.series_ids) AS one (series_id)
                WHERE one.series_id > 0 AND b.bucket > timestamptz '%s' - interval '5 minutes'
                """
                        .formatted(time),
                row -> count[0] = row.getLong(1));
        return count[0];
    }

    private interface Reading {
        void row(ResultSet row) throws SQLException;
    }

    private void query(String sql, Reading reading) {
        workers()
                .await(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery(sql)) {
                        while (row.next()) {
                            reading.row(row);
                        }
                    }
                    return sql;
                });
    }

    /** How often each point of that metric is in the detection log, by its time. */
    public SortedMap<Long, Integer> logged(String metric) {
        return workers()
                .await(connection -> {
                    Set<Long> ids = new HashSet<>();
                    SortedMap<Long, Integer> times = new TreeMap<>();
                    try (PreparedStatement series =
                            connection.prepareStatement(
                                    "SELECT series_id FROM series WHERE metric_name = ?")) {
                        series.setString(1, metric);
                        try (ResultSet row = series.executeQuery()) {
                            while (row.next()) {
                                ids.add(row.getLong(1));
                            }
                        }
                    }
                    try (Statement log = connection.createStatement();
                            ResultSet row = log.executeQuery("SELECT payload FROM detection_log")) {
                        while (row.next()) {
                            count(PackedPoints.unpack(row.getBytes(1)), ids, times);
                        }
                    }
                    return times;
                });
    }

    private static void count(PointBatch points, Set<Long> ids, SortedMap<Long, Integer> times) {
        for (int run = 0; run < points.runs(); run++) {
            if (ids.contains(points.seriesIds()[run])) {
                for (int i = points.runStart(run); i < points.runEnds()[run]; i++) {
                    times.merge(points.epochMillis()[i], 1, Integer::sum);
                }
            }
        }
    }

    /** The way of a worker. */
    public WorkerTransaction workers() {
        return new WorkerTransaction(pool, source);
    }

    /** Runs statements as superuser. */
    public void execute(String... statements) {
        execute(superuser, statements);
    }

    private static void execute(DatabaseUrl url, String... statements) {
        try (Connection connection =
                        DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the connections and drops the database. */
    @Override
    public void close() {
        source.close();
        pool.closeAndAwait();
        vertx.closeAndAwait();
        String name = superuser.database();
        execute(
                superuser.in("postgres"),
                "DROP DATABASE " + name + " WITH (FORCE)",
                "DROP OWNED BY " + name + "_owner",
                "REASSIGN OWNED BY " + name + "_owner TO " + superuser.user());
    }
}
