package dev.vedette.transaction.mlflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.http.client.OperatedServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks MLflow's REST API 2.0 over HTTP. Blocking. */
final class MlflowClient {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int MOST_ANSWER_BYTES = 4 << 20;
    private static final int MOST_SAID = 300;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String API = "/api/2.0/mlflow/";

    private final OperatedServer server;
    private final MlflowConfig config;

    /**
     * A client of that server.
     *
     * @throws IllegalArgumentException when the URL is none of HTTP
     */
    MlflowClient(URI url, MlflowConfig config) {
        server = new OperatedServer(url, "vedette.mlflow.url", CONNECT_TIMEOUT);
        this.config = config;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** What the call answers; empty when there is no such thing. */
    Optional<JsonNode> get(String call, Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        HttpResponse<byte[]> response = send(request(API + call + "?" + query).GET());
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(json(call, response));
    }

    /** What the call answers. */
    JsonNode post(String call, ObjectNode body) {
        return json(call, send(withBody(call, "POST", body)));
    }

    /** The same where it is no failure that the thing exists. */
    void create(String call, ObjectNode body) {
        HttpResponse<byte[]> response = send(withBody(call, "POST", body));
        if (response.statusCode() != 200 && !code(response).equals("RESOURCE_ALREADY_EXISTS")) {
            throw refused(call, response);
        }
    }

    /** Deletes something. */
    void delete(String call, ObjectNode body) {
        json(call, send(withBody(call, "DELETE", body)));
    }

    /** Stores bytes behind the server. */
    void upload(String path, byte[] bytes) {
        String call = "/api/2.0/mlflow-artifacts/artifacts/" + path;
        HttpRequest.Builder put =
                request(call)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(bytes));
        json("artifacts", send(put));
    }

    private HttpRequest.Builder withBody(String call, String method, ObjectNode body) {
        return request(API + call)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = server.request(path).timeout(config.timeout());
        config.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        config.username()
                .ifPresent(user -> {
                    String pair = user + ":" + config.password().orElse("");
                    request.setHeader(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
                });
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return server.http()
                    .send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
        } catch (IOException e) {
            throw new MlflowException("cannot be asked: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MlflowException("interrupted");
        }
    }

    private static JsonNode json(String call, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw refused(call, response);
        }
        return tree(response).orElseThrow(() -> new MlflowException(call + ": no JSON answered"));
    }

    private static Optional<JsonNode> tree(HttpResponse<byte[]> response) {
        try {
            return Optional.of(JSON.readTree(new String(response.body(), StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String code(HttpResponse<byte[]> response) {
        return tree(response).map(json -> json.path("error_code").asText()).orElse("");
    }

    private static MlflowException refused(String call, HttpResponse<byte[]> response) {
        String said = tree(response).map(json -> json.path("message").asText()).orElse("");
        return new MlflowException(
                "%s: status %d %s"
                        .formatted(
                                call,
                                response.statusCode(),
                                said.substring(0, Math.min(MOST_SAID, said.length()))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
