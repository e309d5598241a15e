package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who changed what: stored, shown to whom it concerns, and never rewritten. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class AuditIT {
    private final ApiWorld world;
    private final WorkerTransaction workers;
    private TenantId tenant = ApiWorld.B;

    AuditIT(ApiWorld world, WorkerTransaction workers) {
        this.world = world;
        this.workers = workers;
    }

    @BeforeEach
    void tenantOfItsOwn() {
        tenant = world.newTenant();
    }

    private RequestSpecification as(Role role, TenantId of) {
        return given().auth().oauth2(world.token(of, role)).contentType("application/json");
    }

    private String makeKey(TenantId of, String requestId) {
        return as(Role.ADMIN, of)
                .header("X-Request-Id", requestId)
                .body("{\"name\":\"collector\",\"roles\":[\"ingest\"]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key.id");
    }

    private ValidatableResponse audit(Role role, TenantId of, String query) {
        return as(role, of).get("/api/v1/audit" + query).then().statusCode(200);
    }

    // the row follows the answer
    private void awaitChanges(TenantId of, int changes) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> audit(Role.ADMIN, of, "").body("items", hasSize(changes)));
    }

    @Test
    void changesAreListedNewestFirstWithWhoWhatAndTheRequest() {
        String first = makeKey(tenant, "first-request");
        awaitChanges(tenant, 1);
        as(Role.ADMIN, tenant).delete("/api/v1/api-keys/" + first).then().statusCode(204);
        awaitChanges(tenant, 2);
        audit(Role.ADMIN, tenant, "")
                .body("items[0].action", equalTo("api_key.revoke"))
                .body("items[1].action", equalTo("api_key.create"))
                .body("items[1].object", equalTo(first))
                .body("items[1].subject", equalTo("tester"))
                .body("items[1].credential", equalTo("token"))
                .body("items[1].request_id", equalTo("first-request"))
                .body("items.tenant_id", everyItem(equalTo(tenant.value())))
                .body("items.at", everyItem(notNullValue()));
    }

    @Test
    void filtersAndPagesNarrowTheList() {
        makeKey(tenant, "one");
        makeKey(tenant, "two");
        String third = makeKey(tenant, "three");
        awaitChanges(tenant, 3);
        audit(Role.ADMIN, tenant, "?object=" + third).body("items", hasSize(1));
        audit(Role.ADMIN, tenant, "?action=api_key.").body("items", hasSize(3));
        audit(Role.ADMIN, tenant, "?action=api_key").body("items", empty());
        audit(Role.ADMIN, tenant, "?subject=nobody").body("items", empty());
        audit(Role.ADMIN, tenant, "?to=2020-01-01T00:00:00Z").body("items", empty());
        String cursor =
                audit(Role.ADMIN, tenant, "?limit=2")
                        .body("items", hasSize(2))
                        .extract()
                        .path("next_cursor");
        audit(Role.ADMIN, tenant, "?limit=2&cursor=" + cursor)
                .body("items", hasSize(1))
                .body("items.request_id", hasItem("one"));
        as(Role.ADMIN, tenant)
                .get("/api/v1/audit?subject=tester&cursor=" + cursor)
                .then()
                .statusCode(400);
    }

    @Test
    void othersSeeNothingAndThePlatformSeesAll() {
        String key = makeKey(tenant, "mine");
        awaitChanges(tenant, 1);
        audit(Role.ADMIN, ApiWorld.B, "").body("items.object", not(hasItem(key)));
        audit(Role.PLATFORM_ADMIN, tenant, "?object=" + key).body("items", hasSize(1));
        as(Role.EDITOR, tenant).get("/api/v1/audit").then().statusCode(403);
    }

    @Test
    void rowsCannotBeRewritten() {
        makeKey(tenant, "kept");
        awaitChanges(tenant, 1);
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                workers.await(connection -> {
                                    try (var update = connection.createStatement()) {
                                        return update.executeUpdate(
                                                "UPDATE audit_event SET subject = 'nobody'");
                                    }
                                }));
        assertTrue(String.valueOf(refused.getMessage()).contains("permission denied"));
        assertNotEquals(0, rows());
        assertEquals(0, rowsOf("nobody"));
    }

    private int rows() {
        return count("SELECT count(*) FROM audit_event");
    }

    private int rowsOf(String subject) {
        return count("SELECT count(*) FROM audit_event WHERE subject = '" + subject + "'");
    }

    private int count(String query) {
        return workers.await(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(query)) {
                return row.next() ? row.getInt(1) : -1;
            }
        });
    }
}
