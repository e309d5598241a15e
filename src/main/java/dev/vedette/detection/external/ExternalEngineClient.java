package dev.vedette.detection.external;

import dev.vedette.detection.engine.ExternalModel;
import dev.vedette.detection.engine.ExternalModelException;
import dev.vedette.detection.engine.ExternalModelException.Reason;
import dev.vedette.http.client.OperatedServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server of the external engines' protocol, asked over HTTP. Only points are sent: no tenant, no
 * name. Blocks, so it is called on worker and virtual threads; a time-out covers the whole
 * exchange.
 */
final class ExternalEngineClient implements ExternalModel {
    private static final int MOST_ANSWER_BYTES = 32 << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final OperatedServer server;
    private final ExternalEngineConfig config;

    /**
     * A client of that server.
     *
     * @throws IllegalArgumentException when the URL is none of HTTP
     */
    ExternalEngineClient(URI url, ExternalEngineConfig config) {
        server = new OperatedServer(url, "vedette.external-engine.url", CONNECT_TIMEOUT);
        this.config = config;
    }

    @Override
    public Scores detect(long[] epochMillis, double[] values) {
        if (values.length > config.maxPoints()) {
            throw new ExternalModelException(
                    Reason.TOO_MANY_POINTS,
                    values.length + " points, at most " + config.maxPoints());
        }
        byte[] body = ExternalProtocol.detect(epochMillis, values);
        return ask("/v1/detect", body, config.detectTimeout(), values.length);
    }

    @Override
    public Scores update(byte[] state, long[] epochMillis, double[] values) {
        byte[] body = ExternalProtocol.update(state, epochMillis, values);
        return ask("/v1/update", body, config.updateTimeout(), values.length);
    }

    private Scores ask(String path, byte[] body, Duration timeout, int points) {
        HttpRequest.Builder request =
                server.request(path)
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofByteArray(body));
        config.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                server.http()
                        .sendAsync(
                                request.build(),
                                BodyHandlers.limiting(
                                        BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
        return scores(await(exchange, timeout), points);
    }

    private static HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> exchange, Duration timeout) {
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new ExternalModelException(Reason.TIMEOUT, "no answer within " + timeout);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean slow = cause instanceof java.net.http.HttpTimeoutException;
            throw new ExternalModelException(
                    slow ? Reason.TIMEOUT : Reason.UNAVAILABLE,
                    "cannot be asked: " + (cause == null ? e : cause).getClass().getSimpleName());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new ExternalModelException(Reason.UNAVAILABLE, "interrupted");
        }
    }

    private static Scores scores(HttpResponse<byte[]> response, int points) {
        int status = response.statusCode();
        return switch (status) {
            case 200 -> ExternalProtocol.answer(response.body(), points);
            case 429, 503 -> throw new ExternalModelException(Reason.BUSY, "status " + status);
            default ->
                    throw new ExternalModelException(
                            status >= 400 && status < 500 ? Reason.REFUSED : Reason.UNAVAILABLE,
                            "status " + status);
        };
    }
}
