package dev.vedette.ingestion.source;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Prometheus that scrapes itself every second. */
@EnabledIf("prometheusIsInstalled")
class PrometheusSourceIT {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");

    @TempDir static Path folder;

    private static Process prometheus;
    private static URI url;

    static boolean prometheusIsInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    @BeforeAll
    static void startPrometheus() throws IOException {
        int port = freePort();
        url = URI.create("http://127.0.0.1:" + port + "/");
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global:
                  scrape_interval: 1s
                  external_labels: {site: test}
                scrape_configs:
                  - job_name: self
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                        labels: {cluster: 'monitoring'}
                """
                        .formatted(port));
        prometheus =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
    }

    @AfterAll
    static void stopPrometheus() throws InterruptedException {
        prometheus.destroyForcibly().waitFor();
    }

    @Test
    void pointsOfARealPrometheusBecomeSeries() {
        PrometheusSource source = source("{job=\"self\"}");
        List<IncomingBatch> batches = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> pointsOf(source, batches) > 300);
        IncomingBatch last = batches.getLast();
        IncomingSeries up = named(last, "up");
        assertEquals("monitoring", up.clusterId());
        assertEquals("127.0.0.1:" + url.getPort(), up.nodeId());
        assertEquals("self", up.labels().get("job"));
        assertTrue(!up.labels().containsKey("__name__") && !up.labels().containsKey("instance"));
        assertTrue(last.series().stream().anyMatch(one -> one.labels().size() > 1));
    }

    @Test
    void queryWithoutANameIsNamedByItself() {
        PrometheusSource source = source("sum(up)");
        List<IncomingBatch> batches = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> pointsOf(source, batches) > 0);
        IncomingSeries sum = named(batches.getLast(), "sum(up)");
        assertEquals("elsewhere", sum.clusterId());
        assertEquals("all", sum.nodeId());
    }

    @Test
    void brokenQueryIsReported() {
        PrometheusSource source = source("sum(");
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        String.valueOf(
                                        assertThrows(
                                                        IOException.class,
                                                        () -> pointsOf(source, new ArrayList<>()))
                                                .getMessage())
                                .contains("answered 400"));
    }

    private static int pointsOf(PrometheusSource source, List<IncomingBatch> into)
            throws IOException {
        Instant now = Instant.now();
        source.fetch(now.minusSeconds(60), now, into::add);
        return into.stream().mapToInt(batch -> batch.points().size()).max().orElse(0);
    }

    private static IncomingSeries named(IncomingBatch batch, String metric) {
        return batch.series().stream()
                .filter(series -> series.metricName().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static PrometheusSource source(String query) {
        return new PrometheusSource(
                new SourceIdentity("test", new TenantId("acme"), Duration.ofSeconds(1)),
                url,
                List.of(query),
                new PrometheusSource.Mapping("cluster", "instance", "elsewhere"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
