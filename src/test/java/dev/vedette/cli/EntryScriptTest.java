package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code ./vedette}, as a person calls it. */
final class EntryScriptTest {
    @TempDir Path folder;

    record Outcome(int code, String output) {}

    @Test
    void olderJavaHomeIsPassedOver() throws Exception {
        Outcome outcome = vedette(Map.of("JAVA_HOME", fakeJdk("old", "17.0.1").toString()), "jdk");

        assertEquals(0, outcome.code(), outcome.output());
        assertTrue(!outcome.output().contains("old"), outcome.output());
    }

    @Test
    void newEnoughJavaHomeComesFirst() throws Exception {
        Path jdk = fakeJdk("new", "27");

        assertEquals(
                new Outcome(0, jdk + "\n"), vedette(Map.of("JAVA_HOME", jdk.toString()), "jdk"));
    }

    @Test
    void scriptRunsFromAnyFolder() throws Exception {
        Outcome outcome = vedette(Map.of("JAVA_HOME", fakeJdk("new", "25.0.3").toString()), "jdk");

        assertEquals(0, outcome.code(), outcome.output());
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(javac, "#!/bin/sh\n");
        assertTrue(javac.toFile().setExecutable(true));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Outcome vedette(Map<String, String> environment, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of("vedette").toAbsolutePath().toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new Outcome(process.exitValue(), output);
    }
}
