package dev.vedette.cli;

import dev.vedette.http.SigningKeys;
import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Everything in one process for one person: embedded PostgreSQL (or the one of {@code
 * VEDETTE_DATABASE_URL}), migrations, a demo tenant with live data.
 */
@Command(
        name = StartCommand.NAME,
        description =
                "Starts the whole service on an embedded PostgreSQL, with a live demo tenant.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    static final String NAME = "start";

    @Option(
            names = "--port",
            defaultValue = "${env:VEDETTE_PORT:-8080}",
            description = "Port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Mixin private DataFolder data = new DataFolder();

    @Option(names = "--no-demo", description = "Start empty: no demo tenant, no demo data.")
    private boolean empty;

    @Option(
            names = "--once",
            description =
                    "Stop as soon as it is ready, and say when each part of the start was done.")
    private boolean once;

    @Option(
            names = "--rehearse",
            defaultValue = "0",
            description =
                    "Stop once it has sent itself points, payments and reads for about so many"
                            + " seconds, of a tenant made for it, so that a JVM that takes notes of its run"
                            + " (-XX:AOTCacheOutput) knows what is hot. Default: ${DEFAULT-VALUE},"
                            + " which does not stop it.")
    private int rehearse;

    /** Absent until it is open. */
    private volatile @Nullable EmbeddedDatabase database;

    @Override
    public Integer call() throws Exception {
        StartTimes.done(StartTimes.Part.COMMAND);
        Path folder = data.path().toAbsolutePath().normalize();
        Path cluster = folder.resolve("postgresql");
        Optional<DatabaseUrl> external = Service.databaseInEnvironment();
        if (rehearse > 0 && (external.isPresent() || Files.exists(cluster))) {
            throw new IllegalStateException(
                    "--rehearse leaves a tenant behind: it takes an embedded database of its own"
                            + " only, so name a new folder with --data and unset the variable"
                            + " VEDETTE_DATABASE_URL");
        }
        System.setProperty("quarkus.http.port", Integer.toString(port));
        System.setProperty("vedette.http.data-dir", folder.toString());
        System.setProperty("vedette.demo.enabled", Boolean.toString(!empty));
        SigningKeys.ensure(folder); // before anybody asks: ./vedette import signs with it
        String[] words =
                once || rehearse > 0
                        ? new String[] {NAME, ServiceApplication.ONCE, Integer.toString(rehearse)}
                        : new String[] {NAME};
        return external.isPresent()
                ? Service.run(external::orElseThrow, () -> {}, words)
                : Service.run(() -> open(cluster), this::close, words);
    }

    private DatabaseUrl open(Path cluster) throws IOException {
        EmbeddedDatabase opened = EmbeddedDatabase.start(cluster);
        database = opened;
        return opened.owner();
    }

    private void close() {
        EmbeddedDatabase opened = database;
        if (opened == null) {
            return;
        }
        try {
            opened.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
