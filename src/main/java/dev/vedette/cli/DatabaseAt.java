package dev.vedette.cli;

import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The database of a command that works on it directly: the environment's, or the embedded one. */
final class DatabaseAt {
    private DatabaseAt() {}

    /** What is done with its owner's login. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T on(DatabaseUrl owner) throws IOException;
    }

    /**
     * Does the work on the database of {@code VEDETTE_DATABASE_URL}, else on that of the data
     * folder, whose server is started for it unless it runs already.
     */
    static <T> T use(Path data, Work<T> work) throws IOException {
        Optional<DatabaseUrl> named = Service.databaseInEnvironment();
        if (named.isPresent()) {
            return work.on(named.get());
        }
        Path folder = data.resolve("postgresql");
        Optional<DatabaseUrl> running = EmbeddedDatabase.running(folder);
        if (running.isPresent()) {
            return work.on(running.get());
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            return work.on(database.owner());
        }
    }
}
