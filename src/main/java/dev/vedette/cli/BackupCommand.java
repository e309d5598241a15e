package dev.vedette.cli;

import dev.vedette.timescale.DatabaseBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Parameters(
            paramLabel = "FILE|FOLDER",
            description =
                    "Where to; a file that is there is replaced, in a folder the name is the time.")
    private Path target = Path.of("vedette-backup.zip");

    @Option(
            names = "--keep",
            description = "With a folder: how many backups stay in it, the older ones go.")
    private Optional<Integer> keep = Optional.empty();

    @Mixin private DataFolder data = new DataFolder();

    @Override
    public Integer call() throws IOException {
        if (Service.databaseInEnvironment().isEmpty()
                && !Files.exists(data.path().resolve("postgresql").resolve("cluster"))) {
            throw new IllegalStateException(
                    "nothing to back up: "
                            + data.path()
                            + " holds no database; say --data, or set VEDETTE_DATABASE_URL");
        }
        boolean many = Files.isDirectory(target);
        if (keep.isPresent() && (!many || keep.get() < 1)) {
            throw new IllegalArgumentException("--keep is at least 1 and goes with a folder");
        }
        BackupFolder folder = new BackupFolder(target);
        Path file = many ? folder.at(Instant.now()) : target;
        long started = System.nanoTime();
        DatabaseBackup.Summary summary =
                DatabaseAt.use(data.path(), owner -> DatabaseBackup.write(owner, file));
        System.out.printf(
                Locale.ROOT,
                "%s: %,d rows of %d tables, %,d bytes, in %.1f s%n",
                file,
                summary.rows(),
                summary.tables(),
                summary.bytes(),
                (System.nanoTime() - started) * 1e-9);
        if (keep.isPresent()) {
            System.out.printf(Locale.ROOT, "%d older removed%n", folder.keep(keep.get()));
        }
        return 0;
    }
}
