package dev.vedette.cli;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.EmbeddedDatabase;
import dev.vedette.timescale.StatementTimes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The service in a process of its own, on an embedded database in an empty folder, with one tenant
 * that may send without limit: so that its CPU time can be told from that of the load.
 */
final class BenchService implements AutoCloseable {
    /** Whose points the load is. */
    static final TenantId TENANT = new TenantId("bench");

    /**
     * How often blocks are written, far more often than usual: so that a short measurement holds
     * that work too.
     */
    static final List<String> OFTEN_BLOCKS =
            List.of("-Dvedette.detection.checkpoint-interval=PT10S");

    /**
     * A load of live points soon runs ahead of the clock; if it started long ago instead, its
     * blocks would be due for merging while they are still being written.
     */
    private static final String MAX_AHEAD = "P365D";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path folder;
    private final EmbeddedDatabase database;
    private final Process process;
    private final BenchAccess access;

    private boolean isStopped;

    private BenchService(
            Path folder, EmbeddedDatabase database, Process process, BenchAccess access) {
        this.folder = folder;
        this.database = database;
        this.process = process;
        this.access = access;
        // neither outlives the measurement, even one that is ended from outside
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "bench-end"));
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @param detection whether points are judged, or only stored
     * @throws IOException when something does not start; the message says where its log is
     */
    static BenchService start(boolean detection) throws IOException {
        return start(detection, OFTEN_BLOCKS);
    }

    /**
     * The same, with checkpoints as usual.
     *
     * @param options of its JVM, beside those of this one
     */
    static BenchService start(boolean detection, List<String> options) throws IOException {
        return start(detection, List.of(), options);
    }

    /**
     * The same with a database of other settings.
     *
     * @param settings of the server, each as {@code name=value}, beside its usual ones
     */
    static BenchService start(boolean detection, List<String> settings, List<String> options)
            throws IOException {
        Path folder = Files.createTempDirectory("vedette-bench-");
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgresql"), settings);
        URI url = URI.create("http://127.0.0.1:" + freePort());
        ProcessBuilder command =
                new ProcessBuilder(command(folder, url, detection, options))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("service.log").toFile());
        // only what is sent is to be counted
        command.environment().put("VEDETTE_SELF_MONITORING_ENABLED", "false");
        command.environment().put("VEDETTE_DATABASE_URL", environmentUrl(database.owner()));
        BenchService service =
                new BenchService(folder, database, command.start(), new BenchAccess(url, folder));
        try {
            service.awaitReady();
            service.access.createTenant(TENANT, 1_000_000_000);
        } catch (IOException e) {
            service.close();
            throw e;
        }
        return service;
    }

    private static List<String> command(
            Path folder, URI url, boolean detection, List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.add("-Dquarkus.http.host=127.0.0.1");
        all.add("-Dquarkus.http.port=" + url.getPort());
        all.add("-Dvedette.http.data-dir=" + folder);
        if (options.stream().noneMatch(option -> option.startsWith("-Dvedette.roles="))) {
            all.add("-Dvedette.roles=api,worker");
        }
        all.add("-Dvedette.detection.enabled=" + detection);
        all.add("-Dvedette.ingestion.max-ahead=" + MAX_AHEAD);
        return ThisJvm.command(all, "serve");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String environmentUrl(DatabaseUrl owner) {
        return "postgresql://"
                + URLEncoder.encode(owner.user(), StandardCharsets.UTF_8)
                + ":"
                + URLEncoder.encode(owner.password(), StandardCharsets.UTF_8)
                + "@"
                + owner.host()
                + ":"
                + owner.port()
                + "/"
                + owner.database();
    }

    private void awaitReady() throws IOException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!access.isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                throw new IOException(
                        "the service did not start; see " + folder.resolve("service.log"));
            }
            pause();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Where it is, and a key to write with. */
    ServiceAddress address() throws IOException {
        return access.sender(TENANT);
    }

    /** The same for another tenant, made for it, that may send so many points per second. */
    ServiceAddress addressOf(TenantId tenant, int pointsPerSecond) throws IOException {
        access.createTenant(tenant, pointsPerSecond);
        return access.sender(tenant);
    }

    /** Where it is, and a token to read with. */
    ServiceAddress reader() {
        return as(Role.VIEWER);
    }

    /** Where it is, and a token of that role. */
    ServiceAddress as(Role role) {
        return access.holder(TENANT, role);
    }

    /** Where it is, and a token to change things with. */
    ServiceAddress editor() {
        return access.holder(TENANT, Role.EDITOR);
    }

    /** The database, as its owner. */
    DatabaseUrl owner() {
        return database.owner();
    }

    /** Makes the database one that has run for a while, see {@link EmbeddedDatabase#age}. */
    void age() throws IOException {
        database.age();
    }

    /** CPU seconds of the service so far. */
    double serviceCpu() throws IOException {
        return ProcessCpu.of(process.pid());
    }

    /** CPU seconds that its just-in-time compiler used so far, about; 0 of a native image. */
    double compilerCpu() throws IOException {
        // as the kernel cuts "C1 CompilerThread0" and "C2 CompilerThread0"
        return ProcessCpu.ofThreads(process.pid(), name -> name.matches("C[12] CompilerThre.*"));
    }

    /** CPU seconds that its garbage collector used so far, about; 0 of a native image. */
    double collectorCpu() throws IOException {
        return ProcessCpu.ofThreads(process.pid(), name -> name.matches("(G1 |GC |VM Th).*"));
    }

    /** Where the database's time goes from now on; it was started with their settings. */
    StatementTimes statements() throws IOException {
        return StatementTimes.of(database);
    }

    /** The most memory of the service that was resident at a time, in bytes. */
    long peakRss() throws IOException {
        return ProcessCpu.peakRss(process.pid());
    }

    /** CPU seconds of all processes of the database so far. */
    double databaseCpu() throws IOException {
        return ProcessCpu.ofFamily(
                database.pid()
                        .orElseThrow(
                                () -> new IOException("the database died; see " + database.log())));
    }

    /** Stops both and removes the folder, unless something went wrong with the service. */
    @Override
    public void close() throws IOException {
        stop();
        Folders.delete(folder);
    }

    // by the end of the measurement or of the process: whoever comes second waits for the first
    private synchronized void stop() {
        if (isStopped) {
            return;
        }
        isStopped = true;
        process.destroy();
        boolean ended = false;
        try {
            ended = process.waitFor(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
        }
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the database was not stopped", e);
        }
    }
}
