package dev.vedette.transaction.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transactions over real WebSockets: answered one by one, and hostile messages refused. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class TransactionStreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PATH = "/api/v1/stream/transactions";

    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("ws-" + UUID.randomUUID());

    TransactionStreamIT(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    private String token(Role role, Duration life) {
        Caller caller =
                new Caller(Optional.of(tenant), "ann", Set.of(role), Caller.Credential.TOKEN);
        return issuer.token(caller, Instant.now(), life);
    }

    /** The other end of a connection. */
    private static final class Peer implements WebSocket.Listener {
        private final List<JsonPath> answers = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private volatile int closedWith;
        private volatile boolean isOpen = true;

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                answers.add(new JsonPath(part.toString()));
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closedWith = code;
            isOpen = false;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            isOpen = false;
        }

        JsonPath answer(int index) {
            await().atMost(PATIENCE).until(() -> answers.size() > index);
            return answers.get(index);
        }

        void awaitClosedWith(int code) {
            await().atMost(PATIENCE).until(() -> !isOpen);
            assertEquals(code, closedWith);
        }
    }

    private WebSocket connect(Peer peer, Role role) {
        return connect(peer, token(role, Duration.ofHours(1)));
    }

    private static WebSocket connect(Peer peer, String token) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(
                        URI.create(
                                RestAssured.baseURI.replace("http", "ws")
                                        + ":"
                                        + RestAssured.port
                                        + PATH),
                        peer)
                .join();
    }

    private static String payment(String id, String amount) {
        return "{\"transaction_id\":\"%s\",\"account_id\":\"acc-1\",\"amount\":%s,\"currency\":\"EUR\",\"time\":\"%s\"}"
                .formatted(id, amount, Instant.now());
    }

    // A process opens its desks a moment after it has started.
    private static void awaitDecisions(WebSocket socket, Peer peer) {
        await().atMost(PATIENCE)
                .until(() -> {
                    int before = peer.answers.size();
                    socket.sendText(payment("probe-" + UUID.randomUUID(), "1"), true).join();
                    return peer.answer(before).get("decision") != null;
                });
        peer.answers.clear();
    }

    @Test
    void eachTransactionIsAnsweredAndTheSameAgainChangesNothing() {
        Peer peer = new Peer();
        WebSocket socket = connect(peer, Role.INGEST);
        awaitDecisions(socket, peer);
        socket.sendText(payment("one", "12.5"), true).join();
        assertEquals("accepted", peer.answer(0).getString("status"));
        assertEquals("one", peer.answer(0).getString("transaction_id"));
        assertEquals("approve", peer.answer(0).getString("decision.outcome"));
        socket.sendText(
                        "{\"transactions\":["
                                + payment("one", "12.5")
                                + ","
                                + payment("bad", "-1")
                                + "]}",
                        true)
                .join();
        assertEquals("duplicate", peer.answer(1).getString("status"));
        assertEquals("approve", peer.answer(1).getString("decision.outcome"));
        assertEquals(0, peer.answer(1).getInt("item"));
        assertEquals("refused", peer.answer(2).getString("status"));
        assertEquals(1, peer.answer(2).getInt("item"));
        assertEquals("/transactions/1/amount", peer.answer(2).getString("errors[0].pointer"));
        assertEquals(peer.answer(1).getLong("message"), peer.answer(2).getLong("message"));
        socket.abort();
        given().auth()
                .oauth2(token(Role.ADMIN, Duration.ofHours(1)))
                .get("/api/v1/dead-letters")
                .then()
                .statusCode(200)
                .body("items[0].source", containsString("websocket"));
    }

    @Test
    void aSenderFarAheadOfItsAnswersIsHeldBackAndLosesNothing() {
        Peer peer = new Peer();
        WebSocket socket = connect(peer, Role.INGEST);
        int count = 400;
        Set<String> sent = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            sent.add("p-" + i);
            socket.sendText(payment("p-" + i, "3"), true).join();
        }
        await().atMost(PATIENCE).until(() -> peer.answers.size() >= count);
        List<String> answered = new ArrayList<>();
        peer.answers.forEach(answer -> answered.add(answer.getString("transaction_id")));
        assertEquals(count, answered.size());
        assertEquals(sent, new TreeSet<>(answered));
        socket.abort();
    }

    @Test
    void whoMayNotWriteDoesNotGetIn() {
        assertEquals(403, refusedWith(token(Role.VIEWER, Duration.ofHours(1))));
        assertEquals(401, refusedWith("nonsense"));
        given().get(PATH).then().statusCode(401);
        given().auth()
                .oauth2(token(Role.INGEST, Duration.ofHours(1)))
                .get(PATH)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("WebSocket"));
    }

    private static int refusedWith(String token) {
        CompletionException failure =
                assertThrows(CompletionException.class, () -> connect(new Peer(), token));
        return assertInstanceOf(WebSocketHandshakeException.class, failure.getCause())
                .getResponse()
                .statusCode();
    }

    // Sends it, whether the service still reads it to its end or not.
    private static void hurl(CompletableFuture<WebSocket> sending) {
        sending.handle((_, _) -> Optional.empty()).join();
    }

    @Test
    void hostileMessagesEndTheConnectionWithTheCodeThatSaysWhy() {
        Peer binary = new Peer();
        hurl(connect(binary, Role.INGEST).sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), true));
        binary.awaitClosedWith(1003);

        Peer noJson = new Peer();
        hurl(connect(noJson, Role.INGEST).sendText("{\"transaction_id\":", true));
        assertEquals(400, noJson.answer(0).getInt("problem.status"));
        assertEquals(1, noJson.answer(0).getLong("message"));
        noJson.awaitClosedWith(1007);

        Peer twice = new Peer();
        hurl(connect(twice, Role.INGEST).sendText("{} {}", true));
        twice.awaitClosedWith(1007);

        Peer stranger = new Peer();
        hurl(
                connect(stranger, Role.INGEST)
                        .sendText("{\"tenant_id\":\"evil\",\"transactions\":[]}", true));
        stranger.awaitClosedWith(1008);

        Peer large = new Peer();
        hurl(connect(large, Role.INGEST).sendText("x".repeat(300 << 10), true));
        large.awaitClosedWith(1009);

        // each frame within the bound, the message beyond it
        Peer pieces = new Peer();
        WebSocket inPieces = connect(pieces, Role.INGEST);
        for (int i = 0; i < 5 && pieces.isOpen; i++) {
            hurl(inPieces.sendText("x".repeat(100 << 10), false));
        }
        await().atMost(PATIENCE).until(() -> !pieces.isOpen);
        assertTrue(given().get("/q/metrics").asString().contains("vedette_transaction_sockets"));
    }

    @Test
    void anExpiredTokenEndsWhatTheConnectionMayDo() {
        Peer peer = new Peer();
        WebSocket socket = connect(peer, token(Role.INGEST, Duration.ofSeconds(1)));
        // tokens are taken ten seconds beyond their end, for clocks that differ
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    if (peer.isOpen) {
                        hurl(socket.sendText(payment("e-" + UUID.randomUUID(), "1"), true));
                    }
                    return !peer.isOpen;
                });
        assertEquals(1008, peer.closedWith);
    }
}
