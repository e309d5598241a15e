package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the service with a Keycloak of {@code src/test/scripts/keycloak.sh}, whose realm is {@code
 * keycloak/vedette.json}, on a port of its own and without a disk.
 */
public final class RealKeycloak implements QuarkusTestResourceLifecycleManager {
    /** The variable that says where it is. */
    static final String VARIABLE = "VEDETTE_TEST_KEYCLOAK";

    private static final Path REALM = Path.of("src/test/resources/keycloak/vedette.json");
    private static final Duration SLOWEST_START = Duration.ofMinutes(5);

    private @Nullable Process process;

    /** Whether this machine has one. */
    static boolean isInstalled() {
        return System.getenv(VARIABLE) != null && Browser.isInstalled();
    }

    @Override
    public Map<String, String> start() {
        try {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            String base = "http://127.0.0.1:" + port;
            Path folder = Path.of(System.getenv(VARIABLE));
            Files.copy(
                    REALM,
                    folder.resolve("data/import/vedette.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            process = begin(folder, base, port);
            // the JVM of tests may end before its last resources are told to stop
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            String issuer = base + "/realms/vedette";
            waitFor(process, issuer);
            return Map.of(
                    "vedette.oidc.issuer", issuer,
                    "vedette.oidc.client-secret", "of-the-realm-of-tests-only-0123456789",
                    "vedette.oidc.label", "Keycloak",
                    "vedette.oidc.claims.role-mapping", "ops-leads=admin,ops=viewer",
                    "vedette.http.trusted.issuer", issuer,
                    "vedette.http.trusted.keys", issuer + "/protocol/openid-connect/certs",
                    "vedette.http.trusted-claims.role-mapping", "ops-leads=admin,ops=viewer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            // the script's JVM may be its child
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process begin(Path folder, String base, int port) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "sh",
                        folder.resolve("bin/kc.sh").toString(),
                        "start",
                        "--optimized",
                        "--import-realm",
                        "--cache=local",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=" + base);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_APPEND", "-Xmx512m -XX:TieredStopAtLevel=1");
        return builder.redirectErrorStream(true)
                .redirectOutput(Path.of("target", "keycloak.log").toFile())
                .start();
    }

    private static void waitFor(Process process, String issuer) {
        HttpRequest question =
                HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            await().atMost(SLOWEST_START)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .failFast("Keycloak ended, see target/keycloak.log", () -> !process.isAlive())
                    .until(() ->
                            http.send(question, BodyHandlers.discarding()).statusCode() == 200);
        }
    }
}
