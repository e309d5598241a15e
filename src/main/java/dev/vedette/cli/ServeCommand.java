package dev.vedette.cli;

import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.Migrator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The service as the container runs it: an external database, no demo. */
@Command(
        name = ServeCommand.NAME,
        description =
                "Runs the service on the database of VEDETTE_DATABASE_URL, as the container does.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    static final String NAME = "serve";

    @Option(
            names = "--no-migrate",
            description = "Expect the database to be migrated already, by the migrate command.")
    private boolean migrated;

    @Override
    public Integer call() throws Exception {
        DatabaseUrl owner = Service.requireDatabaseInEnvironment();
        return migrated
                ? Service.runMigrated(Migrator.applicationLogin(owner))
                : Service.run(() -> owner, () -> {});
    }
}
