package dev.vedette.transaction.scoring;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.HeldLock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A desk that cannot store what it decides takes a bounded number of requests, and loses none. */
@QuarkusTest
@TestProfile(FullDeskIT.Small.class)
@WithTestResource(DatabaseTestResource.class)
final class FullDeskIT {
    private static final String PATH = "/api/v1/transactions";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int WAITING = 2;
    private static final int SENT = 8;

    /** What waits, and the one that is being decided. */
    private static final int MOST_TAKEN = WAITING + 1;

    private final TokenIssuer issuer;
    private final DataSource database;
    private final TenantId tenant = new TenantId("full-" + UUID.randomUUID());

    FullDeskIT(TokenIssuer issuer, DataSource database) {
        this.issuer = issuer;
        this.database = database;
    }

    /** Few requests wait, a commit is of one of them, and there is one connection for messages. */
    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vedette.transaction.max-waiting",
                    Integer.toString(WAITING),
                    "vedette.transaction.tick-transactions",
                    "1",
                    "vedette.transaction.max-sockets",
                    "1");
        }
    }

    private RequestSpecification as(TenantId who, Role role) {
        return given().auth().oauth2(token(who, role)).contentType("application/json");
    }

    private String token(TenantId who, Role role) {
        Caller caller = new Caller(Optional.of(who), "ann", Set.of(role), Caller.Credential.TOKEN);
        return issuer.token(caller, Instant.now(), Duration.ofHours(1));
    }

    private static String payment(String id) {
        return "{\"transaction_id\":\"%s\",\"account_id\":\"a\",\"amount\":5,\"currency\":\"EUR\",\"time\":\"%s\"}"
                .formatted(id, Instant.now());
    }

    private Response decide(TenantId who, String... ids) {
        List<String> items = Stream.of(ids).map(FullDeskIT::payment).toList();
        return as(who, Role.INGEST)
                .body("{\"transactions\":[" + String.join(",", items) + "]}")
                .post(PATH + "?decide=true");
    }

    /** Two good ones and a bad one, which is put aside. */
    private Response decideBatch(int number) {
        String[] ids = batch(number);
        String bad = "{\"transaction_id\":\"bad-" + number + "\"}";
        return as(tenant, Role.INGEST)
                .body(
                        "{\"transactions\":[%s,%s,%s]}"
                                .formatted(payment(ids[0]), bad, payment(ids[1])))
                .post(PATH + "?decide=true");
    }

    private void awaitDesk(TenantId who) {
        await().atMost(PATIENCE)
                .until(() ->
                        decide(who, "probe-" + UUID.randomUUID())
                                        .jsonPath()
                                        .get("items[0].decision")
                                != null);
    }

    @BeforeEach
    void awaitDesks() {
        awaitDesk(tenant);
    }

    private static String[] batch(int number) {
        return new String[] {"p-" + number + "-a", "p-" + number + "-b"};
    }

    @Test
    void whatItTookIsDecidedOnceAndWhatItRefusedIsTakenWhenItComesAgain() {
        TenantId elsewhere = ofAnotherShard();
        awaitDesk(elsewhere);
        Set<String> before = stored();
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            try (HeldLock _ = HeldLock.ofTransactionShard(database, TransactionShards.of(tenant))) {
                for (int i = 0; i < SENT; i++) {
                    int number = i;
                    answers.add(CompletableFuture.supplyAsync(() -> decideBatch(number), senders));
                }
                await().atMost(PATIENCE).until(() -> done(answers).count() >= SENT - MOST_TAKEN);
                done(answers).forEach(FullDeskIT::assertToldToWait);
                decide(elsewhere, "untouched").then().statusCode(200);
                assertEquals(before, stored());
            }
        }
        List<Integer> again = new ArrayList<>();
        Set<String> wanted = new TreeSet<>(before);
        for (int i = 0; i < SENT; i++) {
            Response answer = answers.get(i).join();
            Collections.addAll(wanted, batch(i));
            if (answer.statusCode() == 429) {
                assertToldToWait(answer);
                again.add(i);
            } else {
                answer.then()
                        .statusCode(200)
                        .body("accepted", equalTo(2))
                        .body("items[2].decision.outcome", equalTo("approve"));
            }
        }
        assertTrue(again.size() >= SENT - MOST_TAKEN && again.size() < SENT, again.toString());
        again.forEach(i ->
                decideBatch(i)
                        .then()
                        .statusCode(200)
                        .body("accepted", equalTo(2))
                        .body("duplicates", equalTo(0)));
        assertEquals(wanted, stored());
        as(tenant, Role.ADMIN)
                .get("/api/v1/dead-letters")
                .then()
                .statusCode(200)
                .body("items", hasSize(SENT));
    }

    @Test
    void messageBeyondWhatWaitsIsRefusedAloneAndItsConnectionGoesOn() throws Exception {
        BlockingQueue<JsonPath> answers = new LinkedBlockingQueue<>();
        WebSocket socket = connected(answers);
        try (HeldLock _ = HeldLock.ofTransactionShard(database, TransactionShards.of(tenant))) {
            for (int i = 0; i < SENT; i++) {
                socket.sendText(payment("m-" + i), true).join();
            }
            for (int i = 0; i < SENT - MOST_TAKEN; i++) {
                JsonPath refused = next(answers);
                assertEquals("refused", refused.getString("status"));
                assertEquals(429, refused.getInt("problem.status"));
                assertEquals(1, refused.getInt("problem.retry_after_seconds"));
            }
        }
        List<String> decided = new ArrayList<>();
        for (int i = 0; i < MOST_TAKEN; i++) {
            JsonPath answer = next(answers);
            if (answer.getString("status").equals("accepted")) {
                decided.add(answer.getString("transaction_id"));
            }
        }
        assertTrue(decided.size() >= WAITING, decided.toString());
        assertTrue(stored().containsAll(decided));
        socket.abort();
    }

    @Test
    void connectionBeyondTheLastIsRefusedAsARequestAndComesInOnceThereIsRoom() {
        WebSocket first = connected(new LinkedBlockingQueue<>());
        HttpResponse<?> refused =
                assertInstanceOf(
                                WebSocketHandshakeException.class,
                                assertThrows(
                                                CompletionException.class,
                                                () -> connect(new LinkedBlockingQueue<>()).join())
                                        .getCause())
                        .getResponse();
        assertEquals(429, refused.statusCode());
        assertEquals("10", refused.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                "application/problem+json",
                refused.headers().firstValue("Content-Type").orElseThrow());
        first.abort();
        connected(new LinkedBlockingQueue<>()).abort();
    }

    private static JsonPath next(BlockingQueue<JsonPath> answers) throws InterruptedException {
        JsonPath answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(answer, "no answer came");
        return answer;
    }

    /** A connection, once the place of the one before is free. */
    private WebSocket connected(BlockingQueue<JsonPath> answers) {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> connect(answers).join(), Objects::nonNull);
    }

    private CompletableFuture<WebSocket> connect(BlockingQueue<JsonPath> answers) {
        URI address =
                URI.create("ws://localhost:" + RestAssured.port + "/api/v1/stream/transactions");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token(tenant, Role.INGEST))
                .buildAsync(address, new Listener(answers));
    }

    /** Keeps each answer, all of which are of one frame. */
    private record Listener(BlockingQueue<JsonPath> answers) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean last) {
            answers.add(new JsonPath(text.toString()));
            from.request(1);
            return null;
        }
    }

    private static Stream<Response> done(List<CompletableFuture<Response>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join);
    }

    private static void assertToldToWait(Response answer) {
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .body("type", containsString("too-many-requests"))
                .body("detail", containsString("already wait for their decision"));
    }

    /** Ids of the tenant's transactions, each of which is there once. */
    private Set<String> stored() {
        List<String> ids =
                as(tenant, Role.VIEWER)
                        .get(PATH + "?limit=1000")
                        .jsonPath()
                        .getList("items.transaction_id");
        Set<String> each = new TreeSet<>(ids);
        assertEquals(each.size(), ids.size());
        return each;
    }

    private TenantId ofAnotherShard() {
        return Stream.generate(() -> new TenantId("other-" + UUID.randomUUID()))
                .filter(one -> TransactionShards.of(one) != TransactionShards.of(tenant))
                .findFirst()
                .orElseThrow();
    }
}
