package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class AccessTest {
    @Inject TokenIssuer issuer;

    private String token(Role role) {
        return issuer.token(
                new Caller(
                        Optional.of(new TenantId("acme")),
                        "ann",
                        Set.of(role),
                        Caller.Credential.TOKEN),
                Instant.now(),
                Duration.ofHours(1));
    }

    @Test
    void tokenBecomesTenantAndRoles() {
        given().auth()
                .oauth2(token(Role.EDITOR))
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("tenant", equalTo("acme"))
                .body("roles", hasItem("editor"));
    }

    @Test
    void withoutCredentialIsAProblem() {
        given().get("/api/v1/session")
                .then()
                .statusCode(401)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .header("X-Request-Id", startsWith(""))
                .body("type", equalTo("https://vedette.dev/problems/unauthenticated"));
    }

    @Test
    void unknownRouteIsAProblem() {
        given().auth()
                .oauth2(token(Role.EDITOR))
                .get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    @Test
    void wrongMethodIsAProblem() {
        given().auth()
                .oauth2(token(Role.EDITOR))
                .put("/api/v1/session")
                .then()
                .statusCode(405)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    @Test
    void garbageTokenIsAProblem() {
        given().auth()
                .oauth2("nonsense")
                .get("/api/v1/session")
                .then()
                .statusCode(401)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }
}
