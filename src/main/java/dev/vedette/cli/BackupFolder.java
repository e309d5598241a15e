package dev.vedette.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backup files named after their time, such as {@code vedette-20261121T021700Z.zip}.
 * Other files in it are left alone.
 */
record BackupFolder(Path folder) {
    private static final Pattern NAME = Pattern.compile("vedette-\\d{8}T\\d{6}Z\\.zip");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'vedette-'yyyyMMdd'T'HHmmss'Z.zip'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Where the backup of that moment goes. */
    Path at(Instant time) {
        return folder.resolve(TIME.format(time));
    }

    /** The newest file; empty when there is none. */
    Optional<Path> newest() throws IOException {
        return files().stream().findFirst();
    }

    /**
     * Removes all but the newest files.
     *
     * @param keep how many stay, at least 1
     * @return how many went
     */
    int keep(int keep) throws IOException {
        List<Path> old = files().stream().skip(keep).toList();
        for (Path file : old) {
            Files.delete(file);
        }
        return old.size();
    }

    // newest first: the names sort as the times do
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
