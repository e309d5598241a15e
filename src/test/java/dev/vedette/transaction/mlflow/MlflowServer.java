package dev.vedette.transaction.mlflow;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real MLflow server as a process of its own, which a test may kill and start again. */
public final class MlflowServer implements QuarkusTestResourceLifecycleManager {
    /** Names a Python with the server's packages, see {@code src/test/scripts/venv.sh mlflow}. */
    static final String PYTHON = "VEDETTE_TEST_MLFLOW_PYTHON";

    private static final Duration START = Duration.ofMinutes(15);

    private static int port;
    private static Path folder = Path.of("");
    private static @Nullable Process process;

    @Override
    public Map<String, String> start() {
        if (System.getenv(PYTHON) == null) {
            return Map.of();
        }
        port = freePort();
        try {
            folder = Files.createTempDirectory("vedette-mlflow");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        launch();
        return Map.of(
                "vedette.mlflow.url",
                url(""),
                "vedette.mlflow.retry-interval",
                "PT1S",
                "vedette.models.scheduled",
                "false");
    }

    /** Where something is on the server. */
    static String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Starts it and waits until it is ready; what it stored before is there again. */
    static void launch() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            System.getenv(PYTHON),
                            "-m",
                            "mlflow",
                            "server",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            String.valueOf(port),
                            "--workers",
                            "1",
                            "--backend-store-uri",
                            "sqlite:///" + folder.resolve("mlflow.db"),
                            "--artifacts-destination",
                            folder.resolve("artifacts").toString());
            builder.redirectErrorStream(true);
            builder.redirectOutput(Path.of("target/mlflow.log").toFile());
            Process started = builder.start();
            process = started;
            // Nothing of a test may outlive it, however the test ends.
            Runtime.getRuntime().addShutdownHook(new Thread(MlflowServer::destroy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(START).until(MlflowServer::isReady);
    }

    /** Kills it, as a crash would. */
    static void kill() throws InterruptedException {
        Process running = process;
        destroy();
        if (running != null) {
            running.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() {
        destroy();
    }

    // The command starts a web server as a process of its own, which would outlive it.
    private static void destroy() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    private static boolean isReady() throws InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(url("/health"))).build(),
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
