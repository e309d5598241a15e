package dev.vedette.cli;

import dev.vedette.http.SigningKeys;
import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() throws IOException {
        Path folder = data.path().toAbsolutePath().normalize();
        System.setProperty("quarkus.http.port", Integer.toString(port));
        System.setProperty("vedette.http.data-dir", folder.toString());
        System.setProperty("vedette.demo.enabled", Boolean.toString(!empty));
        SigningKeys.ensure(folder); // before anybody asks: ./vedette import signs with it
        Optional<DatabaseUrl> external = Service.databaseInEnvironment();
        if (external.isPresent()) {
            return Service.run(external.get(), () -> {}, NAME);
        }
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgresql"));
        return Service.run(database.owner(), () -> stop(database), NAME);
    }

    private static void stop(EmbeddedDatabase database) {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
