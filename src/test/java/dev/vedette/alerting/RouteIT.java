package dev.vedette.alerting;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.rest.StoredFleet;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What routes do with an incident, seen over the API of a running service. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class RouteIT {
    private static final TenantId TENANT = new TenantId("routes-api");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StoredFleet fleet;
    private final WorkerTransaction workers;

    RouteIT(StoredFleet fleet, WorkerTransaction workers) {
        this.fleet = fleet;
        this.workers = workers;
    }

    @Test
    void whatHoldsARouteBackIsToldAndWhoeverTakesNothingIsPassedOver() {
        channel("ops");
        channel("boss");
        route(
                "by-day",
                1,
                "\"quiet_hours\":[{\"zone\":\"UTC\",\"from\":\"00:00\",\"to\":\"00:00\"}]");
        route("patient", 2, "\"open_for_seconds\":86400");
        route("calm", 3, "\"most_per_hour\":1");
        route("steep", 4, "\"escalation\":{\"after_seconds\":900,\"channels\":[\"boss\"]}");
        UUID first = UUID.randomUUID();
        AlertSamples.begin(workers, TENANT, first);
        awaitState(first, "by-day", "pending", "quiet");
        awaitState(first, "patient", "pending", "trigger");
        awaitState(first, "calm", "firing", null);
        UUID second = UUID.randomUUID();
        AlertSamples.begin(workers, TENANT, second);
        awaitState(second, "calm", "pending", "throttle");
        awaitState(second, "steep", "firing", null);
        quarterOfAnHourLater();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        as(Role.VIEWER)
                                .get("/api/v1/alerts?route=steep&incident_id=" + first)
                                .then()
                                .statusCode(200)
                                .body("items.event", hasItems("opened", "escalated"))
                                .body(
                                        "items.find { it.event == 'escalated' }.channel",
                                        equalTo("boss")));
    }

    private void channel(String name) {
        as(Role.EDITOR)
                .body(
                        "{\"name\":\"%s\",\"kind\":\"email\",\"to\":[\"%s@example.org\"]}"
                                .formatted(name, name))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
    }

    private void route(String name, int position, String more) {
        as(Role.EDITOR)
                .body(
                        "{\"name\":\"%s\",\"position\":%d,\"continues\":true,\"channels\":[\"ops\"],\"wait_seconds\":0,%s}"
                                .formatted(name, position, more))
                .post("/api/v1/routes")
                .then()
                .statusCode(201);
    }

    private void awaitState(UUID incident, String route, String phase, @Nullable String held) {
        String alert = "items.findAll { it.route == '" + route + "' }.";
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        as(Role.VIEWER)
                                .get("/api/v1/alerts/states?incident_id=" + incident)
                                .then()
                                .statusCode(200)
                                .body(alert + "phase", hasItem(phase))
                                .body(alert + "held", hasItem(held)));
    }

    private void quarterOfAnHourLater() {
        workers.await(connection -> {
            try (var update =
                    connection.prepareStatement(
                            """
                            UPDATE alert SET opened_at = opened_at - interval '15 minutes',
                                look_at = now()
                            WHERE tenant_id = ? AND route = 'steep'\
                            """)) {
                update.setString(1, TENANT.value());
                return update.executeUpdate();
            }
        });
    }

    private RequestSpecification as(Role role) {
        return given().auth()
                .oauth2(fleet.token(TENANT, role))
                .header("Content-Type", "application/json");
    }
}
