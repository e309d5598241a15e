package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LeanClientTest {
    private final List<String> received = new ArrayList<>();
    private final Set<Integer> connections = new HashSet<>();
    private HttpServer server;
    private int answerBytes = 10;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/path", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress().getPort());
        received.add(
                exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization")
                        + " "
                        + new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(status, answerBytes);
        exchange.getResponseBody().write(new byte[Math.max(0, answerBytes)]);
        exchange.close();
    }

    private LeanClient client() {
        URI target =
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/path?decide=1");
        return new LeanClient(target, "secret");
    }

    private static int post(LeanClient client, String body) throws IOException {
        return client.post(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void requestsOneAfterTheOtherShareAConnection() throws IOException {
        LeanClient client = client();
        assertEquals(200, post(client, "{\"ä\":1}"));
        answerBytes = 100_000; // more than a buffer: the next answer must begin where it does
        assertEquals(200, post(client, "{}"));
        status = 429;
        assertEquals(429, post(client, "{}"));
        assertEquals("/path?decide=1 Bearer secret {\"ä\":1}", received.getFirst());
        assertEquals(3, received.size());
        assertEquals(1, connections.size());
    }

    @Test
    void answerOfUnknownLengthIsRefusedAndTheNextRequestTakesAnotherConnection()
            throws IOException {
        LeanClient client = client();
        answerBytes = 0; // chunked, as this server has it
        assertThrows(IOException.class, () -> post(client, "{}"));
        answerBytes = 10;
        assertEquals(200, post(client, "{}"));
        assertEquals(2, connections.size());
    }
}
