package dev.vedette;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.http.Caller;
import dev.vedette.http.SigningKeys;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The packaged service as a process of its own, on a database of the test. */
final class ServiceProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final String base;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(Process process, int port, String token) {
        this.process = process;
        this.base = "http://127.0.0.1:" + port;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body as text
     */
    record Answer(int status, String body) {}

    /**
     * Starts it and waits until it is ready.
     *
     * @param folder for its keys and its output
     */
    static ServiceProcess start(Path jar, TestDatabase database, Path folder) throws IOException {
        return start(jar, database, folder, Map.of());
    }

    /**
     * The same.
     *
     * @param settings more of its environment
     */
    static ServiceProcess start(
            Path jar, TestDatabase database, Path folder, Map<String, String> settings)
            throws IOException {
        DatabaseUrl login = database.application();
        DatabaseUrl owner = login.as(login.database() + "_owner", "owner");
        return start(jar, owner, folder, settings);
    }

    /** The same on the database of that owner. */
    static ServiceProcess start(Path jar, DatabaseUrl owner, Path folder) throws IOException {
        return start(jar, owner, folder, Map.of());
    }

    /** The same with more of its environment. */
    static ServiceProcess start(
            Path jar, DatabaseUrl owner, Path folder, Map<String, String> settings)
            throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command(jar));
        builder.environment()
                .put(
                        "VEDETTE_DATABASE_URL",
                        "postgresql://%s:%s@%s:%d/%s"
                                .formatted(
                                        owner.user(),
                                        owner.password(),
                                        owner.host(),
                                        owner.port(),
                                        owner.database()));
        builder.environment().putAll(settings);
        builder.environment().put("VEDETTE_PORT", String.valueOf(port));
        builder.environment().put("VEDETTE_SELF_MONITORING_ENABLED", "false");
        builder.environment().put("VEDETTE_HTTP_DATA_DIR", folder.toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("service.log").toFile()));
        String token = token(folder);
        ServiceProcess service = new ServiceProcess(builder.start(), port, token);
        try {
            await().atMost(START_PATIENCE).ignoreExceptions().until(service::isReady);
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        return service;
    }

    // `./vedette test --native` names the native executable, which is tried in place of the JAR
    private static List<String> command(Path jar) {
        String executable = System.getProperty("vedette.test.executable");
        return executable != null
                ? List.of(executable, "serve")
                : List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar.toAbsolutePath().toString(),
                        "serve");
    }

    private static String token(Path folder) {
        Caller caller =
                new Caller(
                        Optional.of(new TenantId("crash")),
                        "tester",
                        Set.of(Role.ADMIN, Role.INGEST),
                        Caller.Credential.TOKEN);
        return new TokenIssuer(SigningKeys.ensure(folder), "vedette", "vedette")
                .token(caller, Instant.now(), Duration.ofHours(2));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it says so. */
    boolean isReady() {
        return isAlive() && get("/q/health/ready").path("status").asText().equals("UP");
    }

    /** The JSON of an address. */
    JsonNode get(String path) {
        try {
            return json(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of an address. */
    String text(String path) {
        HttpRequest request = request(path).GET().build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The items of all pages of that address, which has a query. */
    List<JsonNode> pages(String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(path + cursor);
            page.path("items").forEach(items::add);
            cursor =
                    page.hasNonNull("next_cursor")
                            ? "&cursor=" + page.path("next_cursor").asText()
                            : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /** That text as JSON. */
    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    /** Posts JSON. */
    CompletableFuture<Answer> postAsync(String path, String body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new Answer(answer.statusCode(), answer.body()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    /** Stops its clock, so to say: nothing of it runs until {@link #resume}. */
    void suspend() throws Exception {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    /**
     * Follows the live stream until the process ends.
     *
     * @param lines takes each line
     */
    void follow(Consumer<String> lines) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + "/api/v1/events"))
                        .header("Authorization", "Bearer " + token)
                        .build();
        CompletableFuture<?> _ =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                        .thenAccept(answer ->
                                Thread.ofVirtual().start(() -> answer.body().forEach(lines)));
    }

    /** Ends it as kill -9 does: nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
