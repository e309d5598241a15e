package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of many backups in one folder. */
final class BackupFolderTest {
    private static final Instant NIGHT = Instant.parse("2026-11-21T02:17:00Z");

    @TempDir private Path folder;

    @Test
    void emptyFolderHasNoNewestFile() throws IOException {
        assertEquals(Optional.empty(), new BackupFolder(folder).newest());
        assertEquals(0, new BackupFolder(folder).keep(1));
    }

    @Test
    void newestFilesStayAndOthersFilesAreLeftAlone() throws IOException {
        BackupFolder backups = new BackupFolder(folder);
        for (int day = 0; day < 5; day++) {
            Files.createFile(backups.at(NIGHT.plus(Duration.ofDays(day))));
        }
        Path foreign = Files.createFile(folder.resolve("vedette-by-hand.zip"));
        assertEquals(3, backups.keep(2));
        assertEquals(Optional.of(folder.resolve("vedette-20261125T021700Z.zip")), backups.newest());
        assertTrue(Files.exists(folder.resolve("vedette-20261124T021700Z.zip")));
        assertTrue(Files.exists(foreign));
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
    }
}
