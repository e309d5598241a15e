package dev.vedette.timescale;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A PostgreSQL of our own in a data folder: what the service runs on when no database URL is given.
 * Durable (fsync and synchronous commit are on), reachable from this machine only and with a
 * password only.
 *
 * <p>What the folder holds stands at {@link EmbeddedFolder}. The programs are unpacked beside the
 * data unless another folder is given.
 *
 * <p>One process at a time owns the folder; the lock says so. A server that runs in it all the same
 * was left behind by a process that was killed, and is stopped first. The server has a session of
 * its own, so that Ctrl-C reaches the service alone, which then stops it last.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String VERSION = "18";
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "vedette_owner";
    private static final String DATABASE = "vedette";
    private static final Duration START_WAIT = Duration.ofMinutes(2);

    /** Differences from a server's own defaults. Durability is the default and stays. */
    private static final List<String> SETTINGS =
            List.of(
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "max_connections=100",
                    "shared_buffers=256MB",
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    // No replicas: the log needs to serve crash recovery only.
                    "wal_level=minimal",
                    "max_wal_senders=0",
                    "max_wal_size=2GB",
                    "checkpoint_timeout=15min",
                    "jit=off",
                    "timezone=UTC",
                    "log_timezone=UTC");

    /** What is logged in a measurement of a minute or two. */
    private static final int AGED_MEGABYTES = 512;

    private final Path programs;
    private final List<String> settings;
    private final EmbeddedFolder folder;
    private final FileChannel lock;
    private final DatabaseUrl owner;

    private EmbeddedDatabase(
            Path programs,
            List<String> settings,
            EmbeddedFolder folder,
            FileChannel lock,
            DatabaseUrl owner) {
        this.programs = programs;
        this.settings = settings;
        this.folder = folder;
        this.lock = lock;
        this.owner = owner;
    }

    /**
     * Starts the server, creating it the first time (about 5 s; later starts below 1 s).
     *
     * @param folder where it lives; created when missing
     * @throws IOException when the folder is in use by another process, cannot be written, or the
     *     server does not start; the message says which, and where its log is
     */
    public static EmbeddedDatabase start(Path folder) throws IOException {
        return start(folder, List.of());
    }

    /**
     * The same with more settings of the server.
     *
     * @param settings each as {@code name=value}
     */
    public static EmbeddedDatabase start(Path folder, List<String> settings) throws IOException {
        return start(folder, folder.resolve("postgresql-" + VERSION), settings);
    }

    /**
     * The login that owns the database of a server that runs in that folder now, whoever started
     * it; empty when none does.
     *
     * @throws IOException when its files cannot be read
     */
    public static Optional<DatabaseUrl> running(Path folder) throws IOException {
        EmbeddedFolder home = new EmbeddedFolder(folder);
        if (ServerProcess.of(home.cluster()).isEmpty()) {
            return Optional.empty();
        }
        // The fourth line is the port: PostgreSQL, miscadmin.h.
        List<String> lines = Files.readAllLines(home.cluster().resolve("postmaster.pid"));
        return Optional.of(
                new DatabaseUrl(
                        "127.0.0.1",
                        Integer.parseInt(lines.get(3).strip()),
                        DATABASE,
                        OWNER,
                        home.password() + OWNER,
                        ""));
    }

    /** The same with the programs in another folder, which several servers may share. */
    public static EmbeddedDatabase start(Path folder, Path programs) throws IOException {
        return start(folder, programs, List.of());
    }

    private static EmbeddedDatabase start(Path folder, Path programs, List<String> settings)
            throws IOException {
        EmbeddedFolder home = new EmbeddedFolder(folder);
        FileChannel lock = home.lock();
        try {
            PostgresBinaries.unpack(programs.toAbsolutePath());
            String password = home.password();
            DatabaseUrl superuser =
                    new DatabaseUrl("127.0.0.1", freePort(), "postgres", SUPERUSER, password, "");
            EmbeddedDatabase database =
                    new EmbeddedDatabase(
                            programs.toAbsolutePath(),
                            settings,
                            home,
                            lock,
                            superuser.in(DATABASE).as(OWNER, password + OWNER));
            database.run(superuser);
            return database;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The login that owns the database {@value #DATABASE}; give it to {@link Migrator}. */
    public DatabaseUrl owner() {
        return owner;
    }

    /** The login that may do everything on the server; for tests. */
    DatabaseUrl superuser() throws IOException {
        return owner.in("postgres").as(SUPERUSER, folder.password());
    }

    /** The server's log file. */
    public Path log() {
        return folder.log();
    }

    /**
     * Process id of the server, parent of all its processes; empty when it has died. For measuring
     * its CPU time.
     */
    public OptionalLong pid() {
        return ServerProcess.of(folder.cluster()).map(ProcessHandle::pid).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /**
     * Makes it one that has run for a while: its tables are written out, and it has used files of
     * its log that it uses again. A young server makes each of them anew, in somebody's commit,
     * which waits for it some hundredths of a second.
     */
    public void age() throws IOException {
        DatabaseUrl login = superuser();
        try (Connection connection =
                        DriverManager.getConnection(
                                login.jdbcUrl(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_logical_emit_message(false, 'age', repeat(' ', 1024 * 1024))"
                            + " FROM generate_series(1, %d)".formatted(AGED_MEGABYTES));
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Stops the server after its running transactions are rolled back. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (pid().isPresent()) {
                control("stop", "-m", "fast", "-w", "-t", "60");
            }
        }
    }

    /** Lets go of the folder but leaves the server running, as a killed process does; for tests. */
    void abandon() throws IOException {
        lock.close();
    }

    private void run(DatabaseUrl superuser) throws IOException {
        if (!Files.exists(folder.cluster().resolve("PG_VERSION"))) {
            initialize();
        }
        ServerProcess.removeLeftovers(folder.cluster());
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(superuser.port())));
        Stream.concat(SETTINGS.stream(), settings.stream())
                .forEach(setting -> options.addAll(List.of("-c", "'" + setting + "'")));
        control(
                "start",
                "-w",
                "-t",
                Long.toString(START_WAIT.toSeconds()),
                "-l",
                folder.log().toString(),
                "-o",
                String.join(" ", options));
        prepare(superuser);
    }

    private void initialize() throws IOException {
        Path cluster = folder.cluster();
        if (Files.exists(cluster)) {
            // Of an initialization that was interrupted: PG_VERSION would be there otherwise.
            PostgresBinaries.delete(cluster);
        }
        Path fresh = cluster.resolveSibling("cluster.new");
        if (Files.exists(fresh)) {
            PostgresBinaries.delete(fresh);
        }
        ServerProcess.execute(
                folder.log(),
                programs.resolve("bin/initdb").toString(),
                "-D",
                fresh.toString(),
                "-U",
                SUPERUSER,
                "--pwfile=" + folder.passwordFile(),
                "--auth=scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.move(fresh, cluster);
    }

    private void prepare(DatabaseUrl superuser) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(
                                superuser.jdbcUrl(), superuser.user(), superuser.password());
                Statement statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")
                    .next()) {
                statement.execute("DROP ROLE IF EXISTS " + OWNER);
                statement.execute(
                        "CREATE ROLE "
                                + OWNER
                                + " LOGIN CREATEROLE PASSWORD '"
                                + owner.password()
                                + "'");
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        } catch (SQLException e) {
            throw new IOException("cannot prepare the embedded database: " + e.getMessage(), e);
        }
    }

    private void control(String verb, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs.resolve("bin/pg_ctl").toString());
        command.addAll(List.of("-D", folder.cluster().toString(), verb));
        command.addAll(List.of(arguments));
        ServerProcess.execute(folder.log(), command.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
