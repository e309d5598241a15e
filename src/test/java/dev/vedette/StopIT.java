package dev.vedette;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vedette.timescale.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service ends streams of events when it stops, as open pages have them, instead of
 * waiting for them till its patience is over. Needs the package: skipped where there is none.
 */
final class StopIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    @TempDir Path folder;

    private TestDatabase database;

    @BeforeEach
    void needsThePackage() {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        database = TestDatabase.embedded();
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void aStopDoesNotWaitForStreamsOfEvents() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        ServiceProcess service = ServiceProcess.start(JAR, database, folder);
        try (service) {
            service.follow(lines::add);
            assertNotNull(lines.poll(1, TimeUnit.MINUTES), "no event in a minute");
        }
        assertFalse(service.isAlive());
        String log = Files.readString(folder.resolve("service.log"));
        assertTrue(log.contains("vedette stopped in"), log);
        assertFalse(log.contains("Timed out waiting for graceful shutdown"), log);
    }
}
