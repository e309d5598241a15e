package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Inputs that are wrong on purpose, on every operation: refused with a problem, never a fault. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class HostileInputIT {
    private static final List<String> BODIES =
            List.of(
                    "",
                    "null",
                    "7",
                    "\"text\"",
                    "[]",
                    "[[]]",
                    "{",
                    "{\"a\":",
                    "{}}",
                    "{} {}",
                    "{\"a\":1,\"a\":1}",
                    "{\"unknown_" + "x".repeat(5000) + "\":1}",
                    "{\"name\":{},\"series\":7,\"points\":null}",
                    "{\"name\":NaN}",
                    "{\"name\":\"\\u0000\"}",
                    "[".repeat(2000),
                    "{\"a\":".repeat(2000),
                    "\u00ff\u00fe",
                    "{\"n\":" + "9".repeat(5000) + "}");

    private static final List<String> PARAMETERS =
            List.of(
                    "limit=0",
                    "limit=-1",
                    "limit=1001",
                    "limit=999999999999999",
                    "limit=many",
                    "cursor=garbage",
                    "cursor=%00",
                    "cursor=" + "A".repeat(3000),
                    "from=never&to=ever",
                    "from=0&to=9223372036854775807&step=1ms",
                    "from=2026-01-01T00:00:00Z&to=2020-01-01T00:00:00Z",
                    "step=-1m",
                    "min_score=NaN",
                    "min_score=2",
                    "level=galaxy",
                    "strategy=guess",
                    "top=-5",
                    "engine=unknown");

    private final ApiWorld world;

    HostileInputIT(ApiWorld world) {
        this.world = world;
    }

    @TestFactory
    Stream<DynamicTest> bodiesAreRefused() {
        return ApiSamples.ALL.stream()
                .filter(ApiSample::hasJson)
                .flatMap(sample ->
                        BODIES.stream()
                                .map(body ->
                                        DynamicTest.dynamicTest(
                                                name(sample, body),
                                                () -> assertRefused(sample.json(body)))));
    }

    @TestFactory
    Stream<DynamicTest> parametersMakeNoFault() {
        return ApiSamples.ALL.stream()
                .filter(sample -> sample.method().equals("GET") && !sample.isStream())
                .flatMap(sample ->
                        PARAMETERS.stream()
                                .map(query ->
                                        DynamicTest.dynamicTest(
                                                name(sample, query),
                                                () -> assertNoFault(sample, query))));
    }

    @TestFactory
    Stream<DynamicTest> otherMediaTypesAreRefused() {
        return ApiSamples.ALL.stream()
                .filter(sample -> sample.hasJson())
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.toString(),
                                () ->
                                        assertProblem(
                                                415, call(sample.body("text/plain", "x"), ""))));
    }

    @Test
    void unknownPropertyIsNamedByItsPointer() {
        admin().body("{\"name\":\"k\",\"roles\":[\"viewer\"],\"colour\":1}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/colour"))
                .body("errors[0].code", equalTo("unknown_property"));
    }

    @Test
    void wrongRoleIsNamedByItsPointer() {
        admin().body("{\"name\":\"k\",\"roles\":[\"viewer\",\"platform-admin\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/roles/1"));
    }

    @Test
    void missingPropertyIsNamed() {
        admin().body("{\"roles\":[\"viewer\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(400)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .body("errors[0].pointer", equalTo("/name"));
    }

    @Test
    void nullInAListIsNamedByItsPointer() {
        admin().body(
                        "{\"silence\":{\"matchers\":[null],\"reason\":\"x\","
                                + "\"starts_at\":\"2026-11-24T22:00:00\",\"duration_seconds\":60}}")
                .post("/api/v1/silences/preview")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/silence/matchers/0"))
                .body("errors[0].code", equalTo("required"));
    }

    @Test
    void bodiesWithoutMediaTypeMakeNoFault() {
        Stream.of("/api/v1/write", "/v1/metrics")
                .forEach(path -> {
                    int status = admin().noContentType().post(path).statusCode();
                    assertTrue(status < 500, path + " " + status);
                });
    }

    @Test
    void blankNameIsNamedByItsPointer() {
        admin().body("{\"name\":\" \",\"roles\":[\"viewer\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/name"));
    }

    @Test
    void malformedJsonSaysWhere() {
        admin().body("{\"name\":\n tru}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(400)
                .body("type", equalTo("https://vedette.dev/problems/malformed-request"))
                .body("errors[0].detail", startsWith("the body is not JSON"));
    }

    @Test
    void nothingAcceptableIsAProblem() {
        Response response = admin().header("Accept", "image/png").get("/api/v1/api-keys");
        assertProblem(406, response);
    }

    // clients lose long answers right behind the 101; Java's own offers it by default
    @Test
    void offerOfHttp2InClearTextIsNotTaken() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals(HttpClient.Version.HTTP_2, client.version());
            assertEquals(
                    HttpClient.Version.HTTP_1_1,
                    client.send(request, BodyHandlers.discarding()).version());
        }
    }

    @Test
    void requestIdIsEchoedUnlessItCouldForgeALogLine() {
        admin().header("X-Request-Id", "mine-1")
                .get("/api/v1/api-keys")
                .then()
                .header("X-Request-Id", "mine-1");
        Response forged = admin().header("X-Request-Id", "a b").get("/api/v1/api-keys");
        assertTrue(forged.header("X-Request-Id").matches("[0-9a-f]{16}"));
    }

    @Test
    void pagesCarryTheSecurityHeaders() {
        given().get("/")
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Content-Security-Policy", startsWith("default-src 'self'"));
    }

    private void assertRefused(ApiSample sample) {
        Response response = call(sample, "");
        int status = response.statusCode();
        assertTrue(status >= 400 && status < 500, status + " " + response.asString());
        assertProblem(status, response);
    }

    private void assertNoFault(ApiSample sample, String query) {
        Response response = call(sample, query);
        assertTrue(response.statusCode() < 500, response.asString());
        if (response.statusCode() >= 400 && !isPrometheusError(response)) {
            assertProblem(response.statusCode(), response);
        }
    }

    // what Prometheus' clients read instead
    private static boolean isPrometheusError(Response response) {
        return response.asString().startsWith("{\"status\":\"error\",\"errorType\":\"");
    }

    private static void assertProblem(int status, Response response) {
        String body = response.asString();
        assertTrue(response.statusCode() == status, response.statusCode() + " " + body);
        assertTrue(response.contentType().startsWith(Problem.MEDIA_TYPE), body);
        assertFalse(body.contains("java.") || body.contains("dev.vedette."), body);
    }

    private Response call(ApiSample sample, String query) {
        RequestSpecification request = given().urlEncodingEnabled(false).redirects().follow(false);
        sample.role().ifPresent(role -> request.auth().oauth2(world.token(ApiWorld.B, role)));
        String path = world.filled(sample.path()) + (query.isEmpty() ? "" : "?" + query);
        return sample.on(request).request(sample.method(), path);
    }

    private RequestSpecification admin() {
        return given().auth()
                .oauth2(world.token(ApiWorld.B, Role.ADMIN))
                .contentType("application/json");
    }

    private static String name(ApiSample sample, String input) {
        return sample + " " + input.substring(0, Math.min(40, input.length()));
    }
}
