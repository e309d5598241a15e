package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entry script, with a JVM that only says what it was asked to run. */
final class LauncherTest {
    private static final String JVM =
            """
            #!/bin/sh
            echo "$@"
            for word in "$@"; do
                case "$word" in -XX:AOTCacheOutput=*) cache=${word#*=} ;; esac
            done
            if [ -n "${cache:-}" ]; then
                [ ! -e "$(dirname "$0")/fails" ] || exit 1
                echo cache >"$cache"
            fi
            """;

    private static final String MAVEN = "#!/bin/sh\necho '[INFO] BUILD SUCCESS'\n";

    // a blank, as folders of people have
    @TempDir Path parent;
    private Path home;
    private Path app;
    private Path cache;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(parent.resolve("my checkout"));
        Files.copy(Path.of("vedette"), home.resolve("vedette"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String folder : new String[] {"src/main", "ui", "migrations", "jdk/bin"}) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        program("java", JVM);
        program("javac", JVM);
        program("mvn", MAVEN);
        app = home.resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(app.getParent());
        Files.writeString(app, "");
        cache = home.resolve("target/vedette.aot");
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(home.resolve("jdk/bin").resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void buildAlsoWritesTheCacheByAServiceThatRehearses() throws Exception {
        run("build");
        assertEquals("cache\n", Files.readString(cache));
        String log = Files.readString(home.resolve("target/aot.log"));
        String asked = "-XX:AOTCacheOutput=" + cache + " -jar " + app;
        assertTrue(log.contains(asked + " start --once --rehearse 20 --port 0"), log);
    }

    @Test
    void buildWritesNoCacheWhenToldSo() throws Exception {
        run("build", "--no-aot");
        assertFalse(Files.exists(cache));
    }

    @Test
    void startAfterAChangeBuildsWritesTheCacheAndReadsIt() throws Exception {
        Files.setLastModifiedTime(app, FileTime.from(Instant.now().minusSeconds(10)));
        // Maven would have written it anew
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("pom.xml"), ""), FileTime.from(Instant.now()));
        assertTrue(run("start").contains("-XX:AOTCache=" + cache + " "));
        assertTrue(Files.exists(cache));
        String log = Files.readString(home.resolve("target/aot.log"));
        assertTrue(log.contains("--rehearse 0"), "a load to wait for: " + log);
    }

    @Test
    void startGoesOnWithoutACacheThatCannotBeWritten() throws Exception {
        Files.writeString(home.resolve("jdk/bin/fails"), "");
        Files.setLastModifiedTime(app, FileTime.from(Instant.now().minusSeconds(10)));
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("pom.xml"), ""), FileTime.from(Instant.now()));
        String asked = run("start");
        assertTrue(asked.contains("no cache was written"), asked);
        assertTrue(asked.endsWith("-jar " + app + " start"), asked);
    }

    @Test
    void withoutACacheTheJvmIsAskedForNone() throws Exception {
        String asked = run("start", "--port", "0");
        assertTrue(asked.endsWith("-jar " + app + " start --port 0"), asked);
        assertFalse(asked.contains("AOT"), asked);
    }

    @Test
    void cacheOfThisBuildIsUsedAndOneOfAnotherIsNot() throws Exception {
        Files.writeString(cache, "cache");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(10)));
        assertTrue(run("start").contains("-XX:AOTCache=" + cache + " -Xlog:aot*=off -jar " + app));
        Files.setLastModifiedTime(app, FileTime.from(Instant.now().plusSeconds(20)));
        assertFalse(run("start").contains("AOT"));
    }

    private String run(String... words) throws Exception {
        ProcessBuilder script = new ProcessBuilder(words).redirectErrorStream(true);
        script.command().add(0, home.resolve("vedette").toString());
        script.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        script.environment().remove("VEDETTE_JAVA_OPTIONS");
        script.environment().merge("PATH", home.resolve("jdk/bin") + ":", (a, b) -> b + a);
        Process process = script.start();
        byte[] said = process.getInputStream().readAllBytes();
        String text = new String(said, StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
