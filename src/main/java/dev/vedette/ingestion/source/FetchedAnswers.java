package dev.vedette.ingestion.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a cloud's API and holds its answer to a size. Thread-safe. */
final class FetchedAnswers {
    /** How long an answer may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** How late a cloud may have a point. */
    static final Duration LATENESS = Duration.ofMinutes(10);

    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_TOLD = 300;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /**
     * The body of the answer.
     *
     * @throws IOException when there is none, it is too large, or its status is not 200; the
     *     message holds the start of what was said
     */
    byte[] ask(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] answer = body.readNBytes(MAX_BYTES + 1);
                if (answer.length > MAX_BYTES) {
                    throw new IOException(
                            request.uri() + " answered more than " + MAX_BYTES + " bytes");
                }
                if (response.statusCode() != 200) {
                    int told = Math.min(MAX_TOLD, answer.length);
                    throw new IOException(
                            request.uri().getHost()
                                    + " answered "
                                    + response.statusCode()
                                    + ": "
                                    + new String(answer, 0, told, StandardCharsets.UTF_8));
                }
                return answer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + request.uri());
        }
    }
}
