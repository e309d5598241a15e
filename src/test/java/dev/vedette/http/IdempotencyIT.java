package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that make something, sent more than once. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class IdempotencyIT {
    private static final String KEY = "{\"name\":\"collector\",\"roles\":[\"ingest\"]}";

    private final ApiWorld world;
    private final WorkerTransaction workers;
    private TenantId tenant = ApiWorld.B;
    private final String key = UUID.randomUUID().toString();

    IdempotencyIT(ApiWorld world, WorkerTransaction workers) {
        this.world = world;
        this.workers = workers;
    }

    @BeforeEach
    void tenantOfItsOwn() {
        tenant = world.newTenant();
    }

    private Response post(TenantId of, String idempotencyKey, String path, String body) {
        return given().auth()
                .oauth2(world.token(of, Role.ADMIN))
                .contentType("application/json")
                .header(Idempotency.HEADER, idempotencyKey)
                .body(body)
                .post(path);
    }

    private Response makeKey(String body) {
        return post(tenant, key, "/api/v1/api-keys", body);
    }

    private int keys() {
        return given().auth()
                .oauth2(world.token(tenant, Role.ADMIN))
                .get("/api/v1/api-keys")
                .then()
                .statusCode(200)
                .extract()
                .<List<Object>>path("items")
                .size();
    }

    @Test
    void repeatedCallIsAnsweredAsTheFirstAndMakesNothing() {
        Response first = makeKey(KEY);
        assertEquals(201, first.statusCode(), first.asString());
        assertEquals(null, first.header(Idempotency.REPLAYED));
        Response again = makeKey(KEY);
        assertEquals(201, again.statusCode(), again.asString());
        assertEquals("true", again.header(Idempotency.REPLAYED));
        assertEquals(first.asString(), again.asString(), "the secret, too");
        assertTrue(again.contentType().startsWith("application/json"), again.contentType());
        assertEquals(1, keys());
    }

    @Test
    void headersOfTheFirstAnswerAreRepeated() {
        String rule = "{\"name\":\"repeated\",\"threshold\":0.7}";
        Response first = post(tenant, key, "/api/v1/thresholds", rule);
        assertEquals(201, first.statusCode(), first.asString());
        Response again = post(tenant, key, "/api/v1/thresholds", rule);
        assertEquals(201, again.statusCode(), "not 409: it exists because of the first");
        assertEquals(first.header("ETag"), again.header("ETag"));
        assertEquals(first.header("Location"), again.header("Location"));
    }

    @Test
    void sameKeyWithAnotherRequestIsRefused() {
        makeKey(KEY);
        makeKey(KEY.replace("collector", "other"))
                .then()
                .statusCode(422)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .body("type", equalTo("https://vedette.dev/problems/idempotency-key-reused"));
        assertEquals(1, keys());
    }

    @Test
    void keyOfAnotherTenantIsAnotherKey() {
        makeKey(KEY).then().statusCode(201);
        Response other = post(ApiWorld.B, key, "/api/v1/api-keys", KEY);
        other.then().statusCode(201).header(Idempotency.REPLAYED, nullValue());
    }

    @Test
    void refusedCallMayBeMended() {
        makeKey("{\"name\":\"collector\",\"roles\":[\"king\"]}").then().statusCode(400);
        makeKey(KEY).then().statusCode(201).header(Idempotency.REPLAYED, nullValue());
    }

    @Test
    void wrongFormIsRefused() {
        post(tenant, "two words", "/api/v1/api-keys", KEY).then().statusCode(400);
        post(tenant, "k".repeat(256), "/api/v1/api-keys", KEY)
                .then()
                .statusCode(400)
                .body("errors", hasSize(1));
        assertEquals(0, keys());
    }

    @Test
    void callsAtOnceMakeOneThing() throws Exception {
        List<Response> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(callers.submit(() -> makeKey(KEY)));
            }
            for (Future<Response> call : calls) {
                answers.add(call.get());
            }
        }
        assertEquals(1, keys());
        assertTrue(answers.stream().anyMatch(answer -> answer.statusCode() == 201));
        assertTrue(
                answers.stream().allMatch(a -> a.statusCode() == 201 || a.statusCode() == 409),
                answers.toString());
    }

    @Test
    void keysEndAfterADay() {
        makeKey(KEY).then().statusCode(201);
        age("25 hours");
        makeKey(KEY).then().statusCode(201).header(Idempotency.REPLAYED, nullValue());
        assertEquals(2, keys());
    }

    @Test
    void storedAnswersHoldNoSecretInTheClear() {
        String secret = makeKey(KEY).path("secret");
        assertFalse(secret.isBlank());
        String stored =
                workers.await(connection -> {
                    try (var statement = connection.createStatement();
                            var row =
                                    statement.executeQuery(
                                            "SELECT string_agg(answer, ' ') FROM idempotency_key")) {
                        return row.next() ? row.getString(1) : "";
                    }
                });
        assertFalse(stored.isBlank());
        assertFalse(stored.contains(secret));
    }

    private void age(String by) {
        workers.await(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "UPDATE idempotency_key SET begun_at = begun_at - interval '" + by + "'");
            }
        });
    }
}
