package dev.vedette.ingestion.rest;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, unmodified, scrapes itself and writes here. */
@QuarkusTest
@QuarkusTestResource(DatabaseTestResource.class)
@EnabledIf("prometheusIsInstalled")
final class RemoteWritePrometheusIT {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TestHTTPResource("/api/v1/write")
    URI url = URI.create("/");

    @TempDir Path folder;

    private final WriteApi api;

    RemoteWritePrometheusIT(WriteApi api) {
        this.api = api;
    }

    static boolean prometheusIsInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    @Test
    void seriesOfARealPrometheusAppearAreScoredAndQueryable()
            throws IOException, InterruptedException {
        int port = freePort();
        Process prometheus = start(port);
        try {
            String instance = "127.0.0.1:" + port;
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            get("/api/v1/series", Map.of("metric_name", "up"))
                                    .body("items.cluster_id", hasItem("monitoring"))
                                    .body("items.node_id", hasItem("127.0.0.1"))
                                    .body("items.labels.instance", hasItem(instance))
                                    .body("items.last_value", hasItem(1f)));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            get("/api/v1/metrics", up())
                                    .body("series[0].points.size() > 3", equalTo(true)));
            // judged after 30 points: a node's score is there once one of its metrics is
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            get("/api/v1/rank", Map.of("level", "node"))
                                    .body("items.node_id", hasItem("127.0.0.1")));
            assertTrue(prometheus.isAlive(), Files.readString(folder.resolve("log")));
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }

    private static Map<String, String> up() {
        return Map.of("cluster_id", "monitoring", "node_id", "127.0.0.1", "metric_name", "up");
    }

    private ValidatableResponse get(String path, Map<String, String> query) {
        return api.request(Role.VIEWER, "application/json")
                .queryParams(query)
                .get(path)
                .then()
                .statusCode(200);
    }

    private Process start(int port) throws IOException {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global:
                  scrape_interval: 1s
                  external_labels: {cluster: monitoring}
                scrape_configs:
                  - job_name: self
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                remote_write:
                  - url: %s
                    authorization: {credentials: '%s'}
                    queue_config: {retry_on_http_429: true, batch_send_deadline: 1s}
                """
                        .formatted(port, url, api.token(Role.INGEST)));
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
