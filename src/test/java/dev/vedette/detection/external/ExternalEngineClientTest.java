package dev.vedette.detection.external;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vedette.detection.engine.ExternalModel.Scores;
import dev.vedette.detection.engine.ExternalModelException;
import dev.vedette.detection.engine.ExternalModelException.Reason;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a server that behaves in every wrong way. */
class ExternalEngineClientTest {
    private static final long[] TIMES = {1_000, 2_000};
    private static final double[] VALUES = {1.5, Double.NaN};

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile String received = "";
    private volatile String authorization = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void pointsAreSentWithGapsAsNullAndScoresComeBack() {
        answer(200, "{\"protocol\":1,\"scores\":[null,-2.5]}");
        Scores scores = client(Map.of()).detect(TIMES, VALUES);
        assertArrayEquals(new double[] {Double.NaN, -2.5}, scores.sigmas());
        assertEquals("{\"protocol\":1,\"times\":[1000,2000],\"values\":[1.5,null]}", received);
    }

    @Test
    void stateGoesBackAsItCame() {
        answer(200, "{\"protocol\":1,\"scores\":[1,1],\"state\":\"AQID\"}");
        Scores scores = client(Map.of()).update(new byte[] {7}, TIMES, VALUES);
        assertArrayEquals(new byte[] {1, 2, 3}, scores.state());
        assertEquals(
                "{\"protocol\":1,\"state\":\"Bw==\",\"times\":[1000,2000],\"values\":[1.5,null]}",
                received);
    }

    @Test
    void theTokenIsSentAndInNoMessage() {
        answer(401, "no");
        ExternalModelException refused =
                assertThrows(
                        ExternalModelException.class,
                        () ->
                                client(Map.of("vedette.external-engine.token", "geheim"))
                                        .detect(TIMES, VALUES));
        assertEquals("Bearer geheim", authorization);
        assertFalse(String.valueOf(refused.getMessage()).contains("geheim"));
    }

    @ParameterizedTest
    @CsvSource({
        "500,UNAVAILABLE",
        "302,UNAVAILABLE",
        "404,REFUSED",
        "422,REFUSED",
        "503,BUSY",
        "429,BUSY"
    })
    void aStatusSaysWhyThereIsNoAnswer(int status, Reason reason) {
        answer(status, "{}");
        assertEquals(reason, failure(client(Map.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"protocol\":2,\"scores\":[1,1]}",
                "{\"protocol\":1}",
                "{\"protocol\":1,\"scores\":[1]}",
                "{\"protocol\":1,\"scores\":[1,\"2\"]}",
                "{\"protocol\":1,\"scores\":[1,1e999]}",
                "{\"protocol\":1,\"scores\":[1,1],\"state\":\"?\"}",
                "{\"protocol\":1,\"scores\":[1,1]} and more"
            })
    void anAnswerThatIsNotOfTheProtocolIsNotBelieved(String body) {
        answer(200, body);
        assertEquals(Reason.INVALID_ANSWER, failure(client(Map.of())));
    }

    @Test
    void aServerThatTricklesItsAnswerTimesOut() {
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    waitForTheEnd();
                });
        assertEquals(
                Reason.TIMEOUT,
                failure(client(Map.of("vedette.external-engine.detect-timeout", "PT0.3S"))));
    }

    @Test
    void nobodyAtThePortIsUnavailable() {
        ExternalEngineClient client = client(Map.of());
        server.stop(0);
        assertEquals(Reason.UNAVAILABLE, failure(client));
    }

    @Test
    void longerSeriesThanAllowedAreNotSent() {
        assertEquals(
                Reason.TOO_MANY_POINTS,
                failure(client(Map.of("vedette.external-engine.max-points", "1"))));
        assertEquals("", received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "host:80", "/path", "http:///path"})
    void aUrlThatIsNotHttpIsRefusedAtTheStart(String url) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExternalEngineClient(URI.create(url), config(Map.of())));
    }

    private void waitForTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reason failure(ExternalEngineClient client) {
        return assertThrows(ExternalModelException.class, () -> client.detect(TIMES, VALUES))
                .reason();
    }

    private ExternalEngineClient client(Map<String, String> settings) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        return new ExternalEngineClient(URI.create(url), config(settings));
    }

    private static ExternalEngineConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(ExternalEngineConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(ExternalEngineConfig.class);
    }

    private void answer(int status, String body) {
        server.createContext(
                "/",
                exchange -> {
                    received =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    authorization =
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
                    reply(exchange, status, body.getBytes(StandardCharsets.UTF_8));
                });
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
