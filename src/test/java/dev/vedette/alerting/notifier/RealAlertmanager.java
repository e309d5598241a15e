package dev.vedette.alerting.notifier;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's Alertmanager, on a port of its own and without a cluster. */
public final class RealAlertmanager {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private RealAlertmanager(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Starts one that keeps its things in that folder, and waits until it is ready. */
    public static RealAlertmanager start(Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path config = folder.resolve("alertmanager.yml");
        Files.writeString(config, "route: {receiver: none}\nreceivers: [{name: none}]\n");
        Process process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--config.file=" + config,
                                "--storage.path=" + folder.resolve("data"),
                                "--cluster.listen-address=",
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("alertmanager.log").toFile())
                        .start();
        RealAlertmanager started = new RealAlertmanager(process, "http://127.0.0.1:" + port);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> started.alerts().isArray());
        return started;
    }

    /** Its base. */
    public String url() {
        return url;
    }

    /** The alerts that go on. */
    public JsonNode alerts() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts?active=true")).build();
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it. */
    public void stop() throws InterruptedException {
        http.close();
        process.destroyForcibly().waitFor();
    }
}
