package dev.vedette.timescale;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database server of the test's own that can be killed and started again at the same address. */
public final class KillableDatabase implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("target", "test-database", "programs");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedDatabase database;
    private final Path folder;

    private KillableDatabase(EmbeddedDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    /** Starts one that keeps its data in that folder. */
    public static KillableDatabase start(Path folder) throws IOException {
        return new KillableDatabase(EmbeddedDatabase.start(folder, PROGRAMS), folder);
    }

    /** The login that owns the database. */
    public DatabaseUrl owner() {
        return database.owner();
    }

    /** Ends all its processes as kill -9 does. */
    public void kill() {
        ProcessHandle server = ProcessHandle.of(database.pid().orElseThrow()).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.addFirst(server);
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Starts it again on its data, with the settings it had. */
    public void restart() throws IOException {
        Path cluster = folder.toAbsolutePath().resolve("cluster");
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        ServerProcess.execute(
                database.log(),
                PROGRAMS.toAbsolutePath().resolve("bin/pg_ctl").toString(),
                "restart",
                "-D",
                cluster.toString(),
                "-w",
                "-t",
                "120",
                "-l",
                database.log().toString());
    }

    @Override
    public void close() throws IOException {
        database.close();
    }
}
