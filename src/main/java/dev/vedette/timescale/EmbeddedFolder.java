package dev.vedette.timescale;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The data folder of an embedded server: {@code cluster} (the data), {@code password} (of the
 * superuser, made once, readable by the owner only), {@code postgres.log} and {@code lock}.
 *
 * @param home absolute
 */
record EmbeddedFolder(Path home) {
    EmbeddedFolder {
        home = home.toAbsolutePath();
    }

    /** The data. */
    Path cluster() {
        return home.resolve("cluster");
    }

    /** The server's log file. */
    Path log() {
        return home.resolve("postgres.log");
    }

    /** Where the superuser's password stands. */
    Path passwordFile() {
        return home.resolve("password");
    }

    /**
     * Keeps every other process out until the channel is closed. Creates the folder.
     *
     * @throws IOException when another process has it, or it cannot be written
     */
    FileChannel lock() throws IOException {
        Files.createDirectories(home);
        FileChannel channel =
                FileChannel.open(
                        home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> held;
        try {
            held = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            held = Optional.empty();
        }
        if (held.isEmpty()) {
            channel.close();
            throw new IOException("another process uses the data folder " + home);
        }
        return channel;
    }

    /** The superuser's password, made the first time. */
    String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path fresh = file.resolveSibling("password.new");
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Base64.getUrlEncoder().encodeToString(random));
            Files.move(fresh, file);
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
}
