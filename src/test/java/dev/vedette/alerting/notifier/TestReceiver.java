package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A real HTTP server on this machine that keeps what it gets and answers as it was told. */
public final class TestReceiver implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final Queue<Reply> replies = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Reply otherwise = new Reply(200, "ok", Map.of());
    private volatile Consumer<Got> before = _ -> {};
    private volatile Consumer<Got> after = _ -> {};

    /** A request as it came; header names in lower case. */
    public record Got(String method, String uri, Map<String, String> headers, String body) {
        /** The body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An answer; the status {@value #STALL} never comes. */
    public record Reply(int status, String body, Map<String, String> headers) {
        public static final int STALL = 0;
    }

    /** Listens on a port of its own. */
    public TestReceiver(String address) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Got request =
                new Got(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers,
                        body);
        Reply reply = keep(request);
        before.accept(request);
        if (reply.status() == Reply.STALL) {
            await();
        }
        byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(
                reply.status() == Reply.STALL ? 500 : reply.status(),
                answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        after.accept(request);
    }

    private synchronized Reply keep(Got request) {
        got.add(request);
        Reply next = replies.poll();
        return next == null ? otherwise : next;
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Answers the next request so; requests beyond those answered so get what {@link #always} says.
     */
    public synchronized TestReceiver then(int status, String body) {
        replies.add(new Reply(status, body, Map.of()));
        return this;
    }

    /** Answers the next request with that header too. */
    public synchronized TestReceiver then(int status, String body, String header, String value) {
        replies.add(new Reply(status, body, Map.of(header, value)));
        return this;
    }

    /** What it answers when nothing else was said. */
    public TestReceiver always(int status, String body) {
        otherwise = new Reply(status, body, Map.of());
        return this;
    }

    /** Calls those when a request has come whole, and when it is answered. */
    public TestReceiver watch(Consumer<Got> whenGot, Consumer<Got> whenAnswered) {
        before = whenGot;
        after = whenAnswered;
        return this;
    }

    /** What came, oldest first. */
    public List<Got> got() {
        return got;
    }

    /** The last request that came. */
    public Got last() {
        return got.getLast();
    }

    /** Its URL, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
