package dev.vedette.cli;

import dev.vedette.timescale.DatabaseBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes everything the service keeps into one file. */
@Command(
        name = "backup",
        description = {
            "Writes everything the service keeps, as of one moment, into one file, while it runs.",
            "Of the database of VEDETTE_DATABASE_URL, else of the data folder. The signing key is"
                    + " not in it: keep a copy of it elsewhere."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Where to; one that is there is replaced.")
    private Path file = Path.of("vedette-backup.zip");

    @Option(
            names = "--data",
            defaultValue = "${env:VEDETTE_DATA:-data}",
            description = "Data folder of `vedette start`. Default: ./${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws IOException {
        if (Service.databaseInEnvironment().isEmpty()
                && !Files.exists(data.resolve("postgresql").resolve("cluster"))) {
            throw new IllegalStateException(
                    "nothing to back up: "
                            + data
                            + " holds no database; say --data, or set VEDETTE_DATABASE_URL");
        }
        long started = System.nanoTime();
        DatabaseBackup.Summary summary =
                DatabaseAt.use(data, owner -> DatabaseBackup.write(owner, file));
        System.out.printf(
                Locale.ROOT,
                "%s: %,d rows of %d tables, %,d bytes, in %.1f s%n",
                file,
                summary.rows(),
                summary.tables(),
                summary.bytes(),
                (System.nanoTime() - started) * 1e-9);
        return 0;
    }
}
