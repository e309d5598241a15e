package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The API of a running service, as the commands ask it. Not thread-safe. */
final class ServiceApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ServiceAddress service;

    ServiceApi(ServiceAddress service) {
        this.service = service;
    }

    /**
     * The answer to a GET.
     *
     * @param path below {@code /api/v1}, with its query
     * @throws IOException when there is no answer, or a refusal; the message holds it
     */
    JsonNode get(String path) throws IOException {
        return send("GET", path, "");
    }

    /**
     * The answer to a request.
     *
     * @param path below {@code /api/v1}, with its query
     * @param body JSON; may be empty
     * @throws IOException when there is no answer, or a refusal; the message holds it
     */
    JsonNode send(String method, String path, String body) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(service.url().resolve("/api/v1" + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + service.credential())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    response.statusCode() + ": " + answer.path("detail").asText(response.body()));
        }
        return answer;
    }

    /** The first item of a list; empty when there is none. */
    Optional<JsonNode> first(String path) throws IOException {
        return Optional.ofNullable(get(path).path("items").get(0));
    }

    /** Between two looks at something that is on its way. */
    static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
