package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the package that work on a running service or its database, each run as an
 * operator runs it. Needs the package: skipped where there is none.
 */
final class PackagedCommandsIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern ROWS = Pattern.compile("([0-9,]+ rows of [0-9]+ tables)");

    @TempDir Path folder;

    @Test
    void importedPointsAreJudgedAgainBackedUpAndRestored() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup.zip");
        Process service = process("start", "--no-demo", "--port", "0", "--data", data.toString());
        String rows;
        try {
            await().atMost(PATIENCE).until(() -> Files.exists(data.resolve("url")));
            assertTrue(
                    run("import", "--data", data.toString(), points().toString())
                            .contains("accepted 300 points, rejected 0"));
            assertTrue(
                    run("replay", "--data", data.toString(), "--from", "2026-03-02T00:00:00Z")
                            .endsWith("completed\n"));
            rows = rows(run("backup", "--data", data.toString(), backup.toString()));
        } finally {
            service.destroy();
            assertTrue(service.waitFor(60, TimeUnit.SECONDS), "the service did not stop");
        }
        Path restored = folder.resolve("restored");
        assertEquals(rows, rows(run("restore", "--data", restored.toString(), backup.toString())));
        Path again = folder.resolve("again.zip");
        assertEquals(rows, rows(run("backup", "--data", restored.toString(), again.toString())));
    }

    @Test
    void aServiceThatStartsOnceAnswersEverythingItSendsItself() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        String data = folder.resolve("rehearsed").toString();
        run("start", "--no-demo", "--rehearse", "2", "--port", "0", "--data", data);
        String log = Files.readString(folder.resolve("service.log"));
        assertTrue(log.contains("start ready"), log);
        assertTrue(log.contains("model.promoted tenant=rehearsal"), log);
        Process again = process("start", "--rehearse", "2", "--port", "0", "--data", data);
        assertEquals(1, again.waitFor(), "it would leave its tenant in somebody's database");
        String refusal = Files.readString(folder.resolve("service.log"));
        assertTrue(refusal.contains("--rehearse leaves a tenant behind"), refusal);
    }

    private Path points() throws IOException {
        Instant start = Instant.parse("2026-03-02T00:00:00Z");
        List<String> lines = new ArrayList<>(List.of("timestamp,cpu_percent"));
        for (int i = 0; i < 300; i++) {
            lines.add(start.plusSeconds(60L * i) + "," + (40 + i % 7));
        }
        return Files.write(folder.resolve("node-1.csv"), lines);
    }

    private static String rows(String output) {
        Matcher found = ROWS.matcher(output);
        assertTrue(found.find(), output);
        return found.group(1);
    }

    private String run(String... arguments) throws Exception {
        Process process = process(arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), arguments[0] + ": " + output);
        return output;
    }

    private Process process(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("VEDETTE_DATABASE_URL");
        builder.redirectErrorStream(true);
        if (arguments[0].equals("start")) {
            builder.redirectOutput(folder.resolve("service.log").toFile());
        }
        return builder.start();
    }
}
