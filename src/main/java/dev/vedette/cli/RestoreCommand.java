package dev.vedette.cli;

import dev.vedette.timescale.DatabaseBackup;
import dev.vedette.timescale.DatabaseRestore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a backup into an empty database. */
@Command(
        name = "restore",
        description = {
            "Puts a backup into an empty database: that of VEDETTE_DATABASE_URL, else a new one in"
                    + " the data folder. All of it or nothing. The service must not run there.",
            "A backup of an older version is brought to the schema of this one."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|FOLDER",
            description = "What `vedette backup` wrote; of a folder the newest one.")
    private Path source = Path.of("vedette-backup.zip");

    @Mixin private DataFolder data = new DataFolder();

    @Override
    public Integer call() throws IOException {
        Path file =
                Files.isDirectory(source)
                        ? new BackupFolder(source)
                                .newest()
                                .orElseThrow(() -> new IOException("no backup in " + source))
                        : source;
        if (!Files.exists(file)) {
            throw new IOException("there is no file " + file);
        }
        long started = System.nanoTime();
        DatabaseBackup.Summary summary =
                DatabaseAt.use(data.path(), owner -> DatabaseRestore.read(owner, file));
        System.out.printf(
                Locale.ROOT,
                "restored %s: %,d rows of %d tables in %.1f s%n",
                file,
                summary.rows(),
                summary.tables(),
                (System.nanoTime() - started) * 1e-9);
        return 0;
    }
}
