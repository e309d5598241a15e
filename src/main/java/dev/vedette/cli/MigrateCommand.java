package dev.vedette.cli;

import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.Migrator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Brings the database to the schema of this version and ends. */
@Command(
        name = "migrate",
        description = "Brings the database of VEDETTE_DATABASE_URL to the schema of this version.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        DatabaseUrl owner = Service.requireDatabaseInEnvironment();
        Migrator.migrate(owner);
        System.out.println("Migrated " + owner + ".");
        return 0;
    }
}
