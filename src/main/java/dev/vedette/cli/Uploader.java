package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Sends points through the HTTP API and keeps count of what became of them. Waits and tries again
 * when the service asks to (429, 503) or does not answer. Not thread-safe.
 */
final class Uploader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 8;
    private static final int MOST_SECONDS_TO_WAIT = 30;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI target;
    private final ServiceAddress service;
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private long accepted;
    private long rejected;

    Uploader(ServiceAddress service) {
        this.service = service;
        this.target = service.url().resolve("/api/v1/metrics");
    }

    /** Points stored so far. */
    long accepted() {
        return accepted;
    }

    /** Points refused so far. */
    long rejected() {
        return rejected;
    }

    /** How many refusals of each code the service told of; it tells the first ones of a request. */
    SortedMap<String, Long> reasons() {
        return reasons;
    }

    /**
     * Sends one request and waits until it is durable.
     *
     * @param body of {@code POST /api/v1/metrics}
     * @param points how many points it holds
     * @throws IOException when the service cannot be reached, does not accept the credential or
     *     refuses the request as a whole; the message says which
     */
    void send(String body, int points) throws IOException {
        byte[] compressed = gzip(body);
        for (int attempt = 1; ; attempt++) {
            HttpResponse<String> response = null;
            try {
                response = client.send(request(compressed), HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException e) {
                giveUp(
                        attempt,
                        "nothing answers at " + service.url() + "; is the service running?");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (IOException e) {
                giveUp(attempt, service.url() + " does not answer: " + e.getMessage());
            }
            if (response != null && !isTemporary(response)) {
                count(response, points);
                return;
            }
            if (response != null) {
                giveUp(attempt, service.url() + " is busy: " + response.body());
            }
            pause(response == null ? attempt : retryAfter(response));
        }
    }

    private static void giveUp(int attempt, String reason) throws IOException {
        if (attempt >= ATTEMPTS) {
            throw new IOException(reason);
        }
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + service.credential())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static boolean isTemporary(HttpResponse<String> response) {
        return response.statusCode() == 429 || response.statusCode() == 503;
    }

    private static long retryAfter(HttpResponse<String> response) {
        return response.headers().firstValueAsLong("Retry-After").orElse(1);
    }

    private static void pause(long seconds) throws IOException {
        try {
            Thread.sleep(Duration.ofSeconds(Math.clamp(seconds, 1, MOST_SECONDS_TO_WAIT)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void count(HttpResponse<String> response, int points) throws IOException {
        JsonNode answer = json(response.body());
        boolean refusedPoints = response.statusCode() == 400 && !answer.path("errors").isEmpty();
        if (response.statusCode() != 200 && !refusedPoints) {
            throw new IOException(
                    target
                            + " answered "
                            + response.statusCode()
                            + ": "
                            + answer.path("detail").asText(response.body()));
        }
        accepted += answer.path("accepted").asLong(0);
        rejected += refusedPoints ? points : answer.path("rejected").asLong();
        for (JsonNode error : answer.path("errors")) {
            reasons.merge(error.path("code").asText(), 1L, Long::sum);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private static byte[] gzip(String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 4);
        try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
