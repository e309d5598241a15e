package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vedette.timescale.EmbeddedDatabase;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The packaged application, run as its image and the chart run it. */
final class ImageLayoutIT {
    private static final Path PACKAGED = Path.of("target", "quarkus-app", "quarkus-run.jar");

    @TempDir static Path folder;
    private static ImageLayout image;

    @BeforeAll
    static void layOut() throws Exception {
        Assumptions.assumeTrue(isFresh(), "the sources are not packaged: ./vedette build");
        image = ImageLayout.in(Files.createDirectories(folder.resolve("image")));
        // the other user must get through to it
        folder.toFile().setExecutable(true, false);
        image.train(folder.resolve("train.log").toFile());
    }

    // What ./vedette calls stale: another application than the one under test.
    private static boolean isFresh() throws IOException {
        if (!Files.exists(PACKAGED)) {
            return false;
        }
        FileTime packaged = Files.getLastModifiedTime(PACKAGED);
        for (String source : List.of("pom.xml", "src/main", "ui", "migrations")) {
            try (Stream<Path> files = Files.walk(Path.of(source))) {
                for (Path file : files.toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(packaged) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Test
    void sameCommandsAreThere() throws Exception {
        String help = run(Map.of(), 0, "help");
        for (String command : List.of("serve", "migrate", "score")) {
            assertTrue(help.contains(command), help);
        }
    }

    @Test
    void cacheOfTheBuildIsReadByTheImagesJvm() throws Exception {
        // the JVM ends where it cannot use the cache, instead of going without
        Map<String, String> must = Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load");
        String said = run(must, 0, "help");
        assertTrue(said.contains("dev.vedette.cli.StartCommand source: shared objects file"), said);
    }

    // docs/operations/install.md says the sizes
    @Test
    void runtimeIsAsSmallAsIsSaid() throws Exception {
        long runtime = image.size("opt/java") >> 20;
        System.err.printf(
                "MB: runtime %d, application %d%n", runtime, image.size("opt/vedette") >> 20);
        assertTrue(runtime < 80, runtime + " MB");
    }

    @Test
    void servingWithoutADatabaseEndsWithTheRemedy() throws Exception {
        assertTrue(run(Map.of(), 1).contains("VEDETTE_DATABASE_URL is not set"));
    }

    @Test
    void wrongSettingEndsTheStartAndIsNamed() throws Exception {
        Map<String, String> wrong =
                Map.of(
                        "VEDETTE_DATABASE_URL",
                        "postgresql://nobody@127.0.0.1:1/nothing",
                        "VEDETTE_DETECTION_TICK_POINTS",
                        "0");
        String said = run(wrong, 1, "serve", "--no-migrate");
        assertTrue(said.contains("tick-points"), said);
    }

    @Test
    void migratesThenServesUntilTheProbesOfTheChartAreContent() throws Exception {
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(
                        Files.createDirectories(folder.resolve("db")),
                        Path.of("target", "test-database", "programs"))) {
            var owner = database.owner();
            String url =
                    "postgresql://%s:%s@127.0.0.1:%d/%s"
                            .formatted(
                                    owner.user(), owner.password(), owner.port(), owner.database());
            run(Map.of("VEDETTE_DATABASE_URL", url), 0, "migrate");
            serve(url);
        }
    }

    private static void serve(String url) throws Exception {
        List<JsonNode> objects = new HelmChart(folder.resolve("chart")).render();
        int port = freePort();
        Map<String, String> environment = new HashMap<>();
        HelmChart.ofKind(objects, "ConfigMap")
                .getFirst()
                .path("data")
                .propertyStream()
                .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
        environment.put("VEDETTE_HOST", "127.0.0.1");
        environment.put("VEDETTE_PORT", Integer.toString(port));
        environment.put("VEDETTE_DATABASE_URL", url);
        // a feed that nobody answers, for its metrics
        environment.put("VEDETTE_FEED_SOURCES_BANK_URL", "wss://127.0.0.1:1/payments");
        environment.put("VEDETTE_FEED_SOURCES_BANK_TENANT", "acme");
        String key = key();
        environment.put("VEDETTE_HTTP_SIGNING_KEY", key);
        assertFalse(image.isHealthy(environment));
        File output = folder.resolve("serve.log").toFile();
        Process service = image.start(environment, output, "serve", "--no-migrate");
        try {
            JsonNode container =
                    HelmChart.ofKind(objects, "Deployment")
                            .getFirst()
                            .at("/spec/template/spec/containers/0");
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                String path = container.path(probe).at("/httpGet/path").asText();
                Awaitility.await(probe)
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> !service.isAlive() || status(port, path) == 200);
                assertTrue(service.isAlive(), () -> read(output));
            }
            assertTrue(image.isHealthy(environment));
            askAsTheTestPod(objects, port);
            describesItself(port);
            makeTheFirstTenant(port, key);
            useIt(port, key);
            readAsPrometheus(port);
            watchesItself(port, key);
        } finally {
            service.destroy();
            assertTrue(service.waitFor(30, TimeUnit.SECONDS), "SIGTERM did not stop it");
        }
    }

    // from the kept description, as none is made at a start
    private static void describesItself(int port) throws IOException {
        String kept = Files.readString(Path.of("docs", "openapi.json"));
        for (String json : List.of("/q/openapi?format=json", "/q/openapi.json")) {
            HttpResponse<String> answer = get(port, json);
            assertEquals(kept, answer.body(), json);
            assertEquals(
                    "application/json", answer.headers().firstValue("Content-Type").orElse(""));
        }
        Map<String, Object> yaml =
                new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(get(port, "/q/openapi").body());
        assertEquals(
                new JsonMapper().readTree(kept).path("paths").size(),
                ((Map<?, ?>) yaml.get("paths")).size());
    }

    private static void askAsTheTestPod(List<JsonNode> objects, int port) throws Exception {
        JsonNode pod = HelmChart.ofKind(objects, "Pod").getFirst().at("/spec/containers/0");
        List<String> words = new ArrayList<>();
        pod.path("command").forEach(word -> words.add(word.asText()));
        pod.path("args").forEach(word -> words.add(word.asText()));
        File output = folder.resolve("ask.log").toFile();
        ProcessBuilder ask = new ProcessBuilder(words).redirectErrorStream(true);
        ask.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", Integer.toString(port)));
        assertEquals(0, ask.redirectOutput(output).start().waitFor(), () -> read(output));
    }

    private static void makeTheFirstTenant(int port, String key) throws Exception {
        String said =
                run(
                        Map.of("VEDETTE_HTTP_SIGNING_KEY", key),
                        0,
                        "token",
                        "--role",
                        "platform-admin");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/tenants"))
                        .header("Authorization", "Bearer " + said.lines().toList().getLast())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"id\":\"acme\",\"name\":\"Acme Ltd\"}"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertEquals(201, answer.statusCode(), answer::body);
        }
    }

    // A job's timer is there after its first run; some metrics only where their part is set up, and
    // Prometheus makes `up` itself.
    private static final List<String> ONLY_WHERE_SET_UP =
            List.of("vedette_kafka_", "vedette_external_engine_", "up");

    private static void readAsPrometheus(int port) throws IOException {
        Set<String> shown = GrafanaDashboards.metrics();
        shown.addAll(AlertRulesTest.metrics());
        shown.removeIf(metric -> ONLY_WHERE_SET_UP.stream().anyMatch(metric::startsWith));
        Awaitility.await("metrics of the alerts and dashboards")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> {
                    String metrics = get(port, "/q/metrics").body();
                    for (String metric : shown) {
                        assertTrue(
                                Pattern.compile("(?m)^" + metric + "[{ ]").matcher(metrics).find(),
                                metric);
                    }
                });
    }

    // some metrics are there from the first request on
    private static void useIt(int port, String key) throws Exception {
        run(
                Map.of("VEDETTE_TOKEN", token("acme", "editor", key)),
                0,
                "smoke",
                "--url",
                "http://127.0.0.1:" + port);
    }

    private static String token(String tenant, String role, String key) throws Exception {
        String said =
                run(
                        Map.of("VEDETTE_HTTP_SIGNING_KEY", key),
                        0,
                        "token",
                        "--tenant",
                        tenant,
                        "--role",
                        role);
        return said.lines().toList().getLast();
    }

    private static void watchesItself(int port, String key) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + "/api/v1/series?metric_name=commit_duration"))
                        .header("Authorization", "Bearer " + token("vedette", "viewer", key))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await("the service's own series")
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> {
                        String series = client.send(request, BodyHandlers.ofString()).body();
                        assertTrue(series.contains("\"cluster_id\":\"vedette\""), series);
                    });
        }
    }

    private static String run(Map<String, String> environment, int code, String... command)
            throws Exception {
        File output = Files.createTempFile(folder, "run", ".log").toFile();
        Process process = image.start(environment, output, command);
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "did not end");
        assertEquals(code, process.exitValue(), () -> read(output));
        return read(output);
    }

    private static int status(int port, String path) {
        try {
            return get(port, path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key() throws NoSuchAlgorithmException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        return """
        -----BEGIN PRIVATE KEY-----
        %s
        -----END PRIVATE KEY-----
        """
                .formatted(
                        Base64.getMimeEncoder()
                                .encodeToString(rsa.generateKeyPair().getPrivate().getEncoded()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
