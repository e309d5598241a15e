package dev.vedette.detection.external;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real side-car as a process of its own, which a test may kill and start again. */
public final class MerlionSidecar implements QuarkusTestResourceLifecycleManager {
    /**
     * Names a Python with the side-car's packages, see {@code src/test/scripts/venv.sh merlion}.
     */
    static final String PYTHON = "VEDETTE_TEST_MERLION_PYTHON";

    private static final Path SERVER = Path.of("src/main/docker/merlion/server.py");
    private static final Duration START = Duration.ofMinutes(3);

    private static int port;
    private static @Nullable Process process;

    @Override
    public Map<String, String> start() {
        if (System.getenv(PYTHON) == null) {
            return Map.of();
        }
        port = freePort();
        launch();
        return Map.of(
                "vedette.external-engine.url",
                "http://127.0.0.1:" + port,
                "vedette.external-engine.rest",
                "PT1S");
    }

    /** Starts it and waits until it is ready. */
    static void launch() {
        try {
            ProcessBuilder builder = new ProcessBuilder(System.getenv(PYTHON), SERVER.toString());
            builder.environment().put("MERLION_PORT", String.valueOf(port));
            builder.redirectErrorStream(true);
            builder.redirectOutput(Path.of("target/merlion.log").toFile());
            Process started = builder.start();
            process = started;
            // Nothing of a test may outlive it, however the test ends.
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(START).until(MerlionSidecar::isReady);
    }

    /** Kills it, as a crash would. */
    static void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private static boolean isReady() throws InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + port + "/v1/health");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                                    HttpRequest.newBuilder(health).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
