package dev.vedette.transaction.source;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.TargetGuard;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A feed's client against a real server of WebSockets. */
final class FeedClientTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final List<ServerWebSocket> connections = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<FeedClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(FeedClient::stop);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int serve(Consumer<ServerWebSocket> opened) {
        // Upgraded from a request: Quarkus switches the other way off for a whole JVM.
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(request ->
                                request.toWebSocket()
                                        .onSuccess(socket -> {
                                            connections.add(socket);
                                            opened.accept(socket);
                                        }));
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private FeedClient follow(
            String url, TargetGuard guard, NameLookup names, Consumer<String> to) {
        Map<String, String> settings = new HashMap<>();
        settings.put("vedette.feed.sources.f.url", url);
        settings.put("vedette.feed.sources.f.tenant", "shop");
        settings.put("vedette.feed.sources.f.token", "let-me-in");
        settings.put("vedette.feed.sources.f.greeting", "subscribe");
        FeedConfig config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(FeedConfig.class)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(FeedConfig.class);
        FeedClient client =
                new FeedClient(
                        "f",
                        config.sources().values().iterator().next(),
                        guard,
                        names,
                        Duration.ofSeconds(2),
                        vertx,
                        to);
        clients.add(client);
        Thread.startVirtualThread(client);
        return client;
    }

    private static TargetGuard open() {
        return new TargetGuard(List.of("127.0.0.0/8"), true);
    }

    @Test
    void connectsAgainWhenTheConnectionEndsAndTakesWhatCameBefore() {
        AtomicInteger number = new AtomicInteger();
        int port =
                serve(socket ->
                        socket.textMessageHandler(greeting -> {
                            int connection = number.incrementAndGet();
                            socket.writeTextMessage(greeting + " " + connection);
                            if (connection < 3) {
                                socket.close();
                            }
                        }));
        FeedClient client =
                follow(
                        "ws://127.0.0.1:" + port + "/feed?of=all",
                        open(),
                        NameLookup.SYSTEM,
                        taken::add);
        await().atMost(PATIENCE).until(() -> taken.size() == 3);
        assertEquals(List.of("subscribe 1", "subscribe 2", "subscribe 3"), taken);
        await().atMost(PATIENCE).until(client::isConnected);
        ServerWebSocket first = connections.getFirst();
        assertEquals("Bearer let-me-in", first.headers().get("Authorization"));
        assertEquals("/feed?of=all", first.uri());
    }

    @Test
    void feedThatTellsFasterThanMessagesAreTakenLosesNothing() throws Exception {
        int count = 5_000;
        List<String> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            told.add("message " + i);
        }
        int port = serve(socket -> told.forEach(socket::writeTextMessage));
        CountDownLatch gate = new CountDownLatch(1);
        follow(
                "ws://127.0.0.1:" + port,
                open(),
                NameLookup.SYSTEM,
                text -> {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    taken.add(text);
                });
        await().atMost(PATIENCE).until(() -> !connections.isEmpty());
        gate.countDown();
        await().atMost(PATIENCE).until(() -> taken.size() >= count);
        assertEquals(told, taken);
    }

    @Test
    void nothingIsConnectedToThatTheOperatorDidNotAllow() {
        int port = serve(_ -> {});
        AtomicInteger asked = new AtomicInteger();
        NameLookup names =
                host -> {
                    asked.incrementAndGet();
                    return NameLookup.SYSTEM.resolve("127.0.0.1");
                };
        follow("ws://feed.example:" + port, new TargetGuard(List.of(), true), names, taken::add);
        await().atMost(PATIENCE).until(() -> asked.get() >= 2);
        assertEquals(List.of(), connections);
    }
}
