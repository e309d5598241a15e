package dev.vedette.detection.backfill.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.rest.StoredFleet;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** From asking for a backfill to its results, over the API of a running service. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class BackfillsResourceIT {
    private static final TenantId TENANT = new TenantId("backfills-api");

    private final StoredFleet fleet;

    BackfillsResourceIT(StoredFleet fleet) {
        this.fleet = fleet;
    }

    private RequestSpecification as(Role role) {
        return as(TENANT, role);
    }

    private RequestSpecification as(TenantId tenant, Role role) {
        return given().auth()
                .oauth2(fleet.token(tenant, role))
                .header("Content-Type", "application/json");
    }

    @Test
    void aBackfillIsQueuedWatchedAndReplacesResults() {
        Instant end = fleet.store(TENANT);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        as(Role.VIEWER)
                                .get("/api/v1/anomalies?node_id=node-1&metric_name=cpu_percent")
                                .then()
                                .statusCode(200)
                                .body("items", hasSize(greaterThan(0))));
        Instant from = end.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS);
        String location =
                as(Role.EDITOR)
                        .body(
                                "{\"selection\":{\"cluster_id\":\"c1\"},\"from\":\"%s\",\"engine\":\"ewma\"}"
                                        .formatted(from))
                        .post("/api/v1/backfills")
                        .then()
                        .statusCode(202)
                        .body("state", equalTo("queued"))
                        .body("reason", equalTo("request"))
                        .body("series_total", equalTo(9))
                        .body("send_alerts", equalTo(false))
                        .extract()
                        .header("Location");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        as(Role.VIEWER)
                                .get(location)
                                .then()
                                .statusCode(200)
                                .body("state", equalTo("completed"))
                                .body("progress", equalTo(1.0f))
                                .body("series_done", equalTo(9))
                                .body("engine_version", greaterThan(0)));
        as(Role.VIEWER)
                .get("/api/v1/anomalies?status=closed&from={from}", from.toString())
                .then()
                .statusCode(200)
                .body("items", hasSize(greaterThan(0)))
                .body("items.engine", everyItem(equalTo("ewma")));
        as(Role.VIEWER)
                .get("/api/v1/backfills")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("next_cursor", nullValue());
        as(Role.EDITOR).delete(location).then().statusCode(409);
        as(Role.EDITOR).post(location + "/resume").then().statusCode(409);
    }

    @Test
    void moreThanATenantMayHaveAtWorkIsRefusedUntilSomeEnded() {
        TenantId busy = new TenantId("backfills-busy");
        Instant end = fleet.store(busy);
        String body = "{\"from\":\"%s\"}".formatted(end.minus(Duration.ofDays(1)));
        Response answer = as(busy, Role.EDITOR).body(body).post("/api/v1/backfills");
        // they are done meanwhile, too, but not as fast as they can be asked for
        for (int asked = 1; answer.statusCode() == 202 && asked < 1000; asked++) {
            answer = as(busy, Role.EDITOR).body(body).post("/api/v1/backfills");
        }
        answer.then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("type", containsString("too-many-requests"))
                .body("detail", containsString("10 backfills are queued or running"));
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        as(busy, Role.EDITOR).body(body).post("/api/v1/backfills").statusCode()
                                == 202);
    }

    @Test
    void whatCannotBeJudgedIsRefusedWithAReason() {
        refused("{}", "/from");
        refused("{\"from\":\"2026-11-02T00:00:00Z\",\"to\":\"2026-11-01T00:00:00Z\"}", "/from");
        refused("{\"from\":\"2026-11-02T00:00:00Z\",\"threshold\":2}", "/threshold");
        refused(
                "{\"selection\":{\"node_id\":\"nobody\"},\"from\":\"2026-11-02T00:00:00Z\"}",
                "/selection");
        as(Role.EDITOR)
                .body("{\"from\":\"2026-11-02T00:00:00Z\",\"engine\":\"none\"}")
                .post("/api/v1/backfills")
                .then()
                .statusCode(400);
        as(Role.ANALYST)
                .body("{\"from\":\"2026-11-02T00:00:00Z\"}")
                .post("/api/v1/backfills")
                .then()
                .statusCode(403);
    }

    private void refused(String body, String pointer) {
        as(Role.EDITOR)
                .body(body)
                .post("/api/v1/backfills")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }
}
