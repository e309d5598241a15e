package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Tries every operation of the API's own description with the wrong credential, the wrong role and
 * another tenant's ids. A route that is not in {@link ApiSamples} fails the build.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class ApiSurfaceIT {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options");

    /** What the client is generated from. */
    private static final Path DESCRIPTION = Path.of("docs", "openapi.json");

    private final ApiWorld world;

    ApiSurfaceIT(ApiWorld world) {
        this.world = world;
    }

    @Test
    void everyOperationHasASampleAndEverySampleAnOperation() {
        assertEquals(
                operations(),
                ApiSamples.ALL.stream()
                        .map(ApiSample::operation)
                        .collect(Collectors.toCollection(TreeSet::new)),
                "add the routes that differ to ApiSamples");
    }

    @Test
    void keptDescriptionIsTheServedOne() throws IOException {
        ObjectMapper json =
                JsonMapper.builder()
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build();
        String served =
                given().queryParam("format", "json").get("/q/openapi").then().extract().asString();
        String wanted = json.writeValueAsString(json.readValue(served, Object.class)) + "\n";
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DESCRIPTION, wanted);
            return;
        }
        assertTrue(
                wanted.equals(Files.readString(DESCRIPTION)),
                DESCRIPTION
                        + " is stale. Regenerate it and commit: mvn test -Dtest=ApiSurfaceIT"
                        + " -Ddocs.write=true");
    }

    @TestFactory
    Stream<DynamicTest> withoutCredentialIsUnauthenticated() {
        return samples()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.toString(),
                                () -> assertProblem(401, call(sample, given()))));
    }

    @TestFactory
    Stream<DynamicTest> roleBelowIsForbidden() {
        return samples()
                .filter(sample -> !sample.path().equals("/api/v1/session"))
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.toString(),
                                () ->
                                        assertProblem(
                                                403,
                                                call(sample, bearer(below(sample), ApiWorld.B)))));
    }

    @TestFactory
    Stream<DynamicTest> foreignIdsShowNothing() {
        return samples()
                .filter(sample -> !sample.isStream())
                .map(sample ->
                        DynamicTest.dynamicTest(sample.toString(), () -> tryForeignId(sample)));
    }

    @TestFactory
    Stream<DynamicTest> foreignTenantInTheRequestIsForbidden() {
        return tenantSamples()
                .flatMap(sample ->
                        Stream.of(
                                refused(
                                        sample,
                                        "query",
                                        call -> call.queryParam("tenant_id", ApiWorld.A.value())),
                                refused(
                                        sample,
                                        "header",
                                        call -> call.header("X-Tenant-Id", ApiWorld.A.value())),
                                refused(
                                        sample,
                                        "scope",
                                        call -> call.header("X-Scope-OrgID", ApiWorld.A.value()))));
    }

    @TestFactory
    Stream<DynamicTest> foreignTenantInTheBodyIsForbidden() {
        return tenantSamples()
                .filter(sample -> sample.hasJson() && sample.body().startsWith("{"))
                .map(sample ->
                        sample.json(
                                "{\"tenant_id\":\""
                                        + ApiWorld.A
                                        + "\","
                                        + sample.body().substring(1)))
                .map(sample -> refused(sample, "body", call -> call));
    }

    @TestFactory
    Stream<DynamicTest> ownTenantInTheBodyIsFine() {
        return tenantSamples()
                .filter(sample -> sample.hasJson() && !sample.path().contains("{"))
                .map(sample ->
                        sample.json(
                                "{\"tenant_id\":\""
                                        + ApiWorld.B
                                        + "\","
                                        + sample.body().substring(1)))
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.toString(),
                                () -> {
                                    int status = call(sample, own(sample)).statusCode();
                                    assertTrue(status != 403, "status " + status);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> ownersSeeWhatStrangersMustNot() {
        return Stream.of("/api/v1/anomalies", "/api/v1/anomalies/{id}", "/api/v1/series")
                .map(path ->
                        DynamicTest.dynamicTest(
                                path,
                                () ->
                                        assertTrue(
                                                bearer(Role.VIEWER, ApiWorld.A)
                                                        .get(world.filled(path))
                                                        .asString()
                                                        .contains(ApiWorld.SECRET))));
    }

    private void tryForeignId(ApiSample sample) {
        Response response = call(sample, own(sample));
        assertFalse(
                sample.role().orElseThrow() != Role.PLATFORM_ADMIN
                        && shown(response, sample).contains(ApiWorld.SECRET),
                response.asString());
        if (sample.path().contains("{") && sample.role().get() != Role.PLATFORM_ADMIN) {
            assertTrue(Set.of(403, 404).contains(response.statusCode()), response.asString());
            assertProblem(response.statusCode(), response);
        }
    }

    // what the caller sent itself tells nothing
    private String shown(Response response, ApiSample sample) {
        return response.asString().replace(world.idOf(sample.path()), "");
    }

    private DynamicTest refused(
            ApiSample sample, String where, UnaryOperator<RequestSpecification> how) {
        return DynamicTest.dynamicTest(
                sample + " in " + where,
                () -> assertProblem(403, call(sample, how.apply(own(sample)))));
    }

    private RequestSpecification own(ApiSample sample) {
        return bearer(sample.role().orElseThrow(), ApiWorld.B);
    }

    private RequestSpecification bearer(Role role, TenantId tenant) {
        return given().auth().oauth2(world.token(tenant, role));
    }

    // a role that may less than, or something else than, the sample's
    private static Role below(ApiSample sample) {
        return switch (sample.role().orElseThrow()) {
            case VIEWER -> Role.INGEST;
            case ANALYST, INGEST -> Role.VIEWER;
            case EDITOR -> Role.ANALYST;
            case ADMIN -> Role.EDITOR;
            case PLATFORM_ADMIN -> Role.ADMIN;
        };
    }

    private Response call(ApiSample sample, RequestSpecification request) {
        return sample.on(request.redirects().follow(false).urlEncodingEnabled(true))
                .request(sample.method(), world.filled(sample.path()));
    }

    private static void assertProblem(int status, Response response) {
        assertEquals(status, response.statusCode(), response.asString());
        assertTrue(response.contentType().startsWith(Problem.MEDIA_TYPE), response.contentType());
        assertEquals(response.header("X-Request-Id"), response.jsonPath().getString("request_id"));
    }

    private static Stream<ApiSample> samples() {
        return ApiSamples.ALL.stream().filter(sample -> sample.role().isPresent());
    }

    private static Stream<ApiSample> tenantSamples() {
        return samples().filter(sample -> sample.role().get() != Role.PLATFORM_ADMIN);
    }

    private static Set<String> operations() {
        Map<String, Map<String, Object>> paths =
                given().queryParam("format", "json").get("/q/openapi").jsonPath().getMap("paths");
        Set<String> operations = new TreeSet<>();
        paths.forEach((path, item) ->
                item.keySet().stream()
                        .filter(METHODS::contains)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path)
                        .forEach(operations::add));
        assertFalse(operations.isEmpty(), "the description is empty");
        return operations;
    }
}
