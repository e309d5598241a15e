package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a user: made at start or by an admin, signs in, is changed, is locked out. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class SessionIT {
    private final Bootstrap bootstrap;
    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("session-" + UUID.randomUUID());
    private final String name = "root-" + UUID.randomUUID();
    private String password = "";

    SessionIT(Bootstrap bootstrap, TokenIssuer issuer) {
        this.bootstrap = bootstrap;
        this.issuer = issuer;
    }

    @BeforeEach
    void aTenantWithAnAdmin() {
        bootstrap.ensureTenant(tenant, "Session");
        password = bootstrap.ensureAdmin(tenant, name).orElseThrow();
    }

    @Test
    void secondStartMakesNothing() {
        assertTrue(!bootstrap.ensureTenant(tenant, "Other name"));
        assertTrue(bootstrap.ensureAdmin(tenant, name).isEmpty());
    }

    @Test
    void signInSetsACookieThatScriptsCannotReadAndThatIsASession() {
        Response response = signIn(name, password);
        assertEquals(204, response.statusCode(), response.asString());
        String cookie = response.header("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
        given().cookie("vedette_session", response.cookie("vedette_session"))
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("tenant", equalTo(tenant.value()))
                .body("subject", equalTo(name))
                .body("roles[0]", equalTo("admin"));
    }

    @Test
    void tenantMayPrecedeTheName() {
        assertEquals(204, signIn(tenant + "/" + name, password).statusCode());
        assertEquals(401, signIn("other/" + name, password).statusCode());
    }

    @Test
    void signOutRemovesTheCookie() {
        given().delete("/api/v1/session")
                .then()
                .statusCode(204)
                .header("Set-Cookie", allOf(containsString("Max-Age=0"), notNullValue()));
    }

    @Test
    void wrongPasswordAndUnknownNameLookAlikeAndLockTheName() {
        String detail = signIn(name, "wrong").then().statusCode(401).extract().path("detail");
        String other = signIn("nobody", "wrong").then().statusCode(401).extract().path("detail");
        assertEquals(detail, other);
        for (int i = 0; i < 4; i++) {
            signIn(name, "wrong").then().statusCode(401);
        }
        signIn(name, password)
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("https://vedette.dev/problems/too-many-requests"));
    }

    @Test
    void formOfAnotherSiteSignsNobodyIn() {
        given().header("Sec-Fetch-Site", "cross-site")
                .formParam("username", name)
                .formParam("password", password)
                .post("/api/v1/session")
                .then()
                .statusCode(403)
                .header("Set-Cookie", equalTo(null));
    }

    @Test
    void userChangesThePasswordAndIsDisabled() {
        String user = "ann-" + UUID.randomUUID();
        admin().body(
                        "{\"name\":\"%s\",\"role\":\"viewer\",\"password\":\"four plain words here\"}"
                                .formatted(user))
                .post("/api/v1/users")
                .then()
                .statusCode(201)
                .body(not(containsString("password")));
        admin().body(
                        "{\"name\":\"%s\",\"role\":\"viewer\",\"password\":\"four plain words here\"}"
                                .formatted(user))
                .post("/api/v1/users")
                .then()
                .statusCode(409);
        String session = signIn(user, "four plain words here").cookie("vedette_session");
        own(session)
                .body(
                        "{\"old_password\":\"four plain words here\",\"new_password\":\"other words are here\"}")
                .post("/api/v1/users/me/password")
                .then()
                .statusCode(204);
        assertEquals(401, signIn(user, "four plain words here").statusCode());
        assertEquals(204, signIn(user, "other words are here").statusCode());
        admin().body("{\"disabled\":true}").patch("/api/v1/users/" + user).then().statusCode(200);
        assertEquals(401, signIn(user, "other words are here").statusCode());
    }

    @Test
    void nobodyTakesTheirOwnRightsAway() {
        admin().body("{\"role\":\"viewer\"}").patch("/api/v1/users/" + name).then().statusCode(409);
    }

    @Test
    void listOfUsersIsCutIntoPages() {
        for (String user : new String[] {"a", "b", "c"}) {
            admin().body(
                            "{\"name\":\"%s\",\"role\":\"viewer\",\"password\":\"four plain words here\"}"
                                    .formatted(user))
                    .post("/api/v1/users")
                    .then()
                    .statusCode(201);
        }
        Response first = admin().get("/api/v1/users?limit=3");
        assertEquals("[a, b, c]", first.path("items.name").toString());
        Response second =
                admin().queryParam("cursor", (String) first.path("next_cursor"))
                        .get("/api/v1/users?limit=3");
        assertEquals("[" + name + "]", second.path("items.name").toString());
        second.then().body("next_cursor", equalTo(null));
    }

    private Response signIn(String user, String secret) {
        return given().formParam("username", user)
                .formParam("password", secret)
                .post("/api/v1/session");
    }

    private RequestSpecification admin() {
        Caller caller =
                new Caller(Optional.of(tenant), name, Set.of(Role.ADMIN), Caller.Credential.TOKEN);
        return given().auth()
                .oauth2(issuer.token(caller, Instant.now(), Duration.ofHours(1)))
                .contentType("application/json");
    }

    private static RequestSpecification own(String session) {
        return given().cookie("vedette_session", session)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/json");
    }
}
