package dev.vedette.detection.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.SettingsSource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.HeldLock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Rules end to end: how they are changed, what they mean, and that running detection obeys. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class ThresholdsIT {
    private static final String PATH = "/api/v1/thresholds";

    private final StoredFleet fleet;
    private final SettingsSource settings;
    private final DataSource database;
    private final TenantId tenant = new TenantId("thr-" + UUID.randomUUID());

    ThresholdsIT(StoredFleet fleet, SettingsSource settings, DataSource database) {
        this.fleet = fleet;
        this.settings = settings;
        this.database = database;
    }

    private RequestSpecification editor() {
        return given().auth()
                .oauth2(fleet.token(tenant, Role.EDITOR))
                .contentType("application/json");
    }

    private Response create(String body) {
        return editor().body(body).post(PATH);
    }

    @Test
    void ruleIsMadeReadChangedAndDeletedByItsEntityTag() {
        Response made =
                create("{\"name\":\"all\",\"alarms_per_week\":0.5,\"direction\":\"above\"}");
        made.then()
                .statusCode(201)
                .header("ETag", matchesPattern("\"[0-9]+\""))
                .body("name", equalTo("all"))
                .body("changed_by", equalTo("ann"));
        String tag = made.header("ETag");
        create("{\"name\":\"all\",\"threshold\":0.5}")
                .then()
                .statusCode(409)
                .body("detail", containsString("already"));
        editor().get(PATH + "/all").then().statusCode(200).header("ETag", equalTo(tag));

        editor().body("{\"threshold\":0.8}").put(PATH + "/all").then().statusCode(428);
        Response changed =
                editor().header("If-Match", tag).body("{\"threshold\":0.8}").put(PATH + "/all");
        changed.then()
                .statusCode(200)
                .body("threshold", equalTo(0.8f))
                .body("$", org.hamcrest.Matchers.not(org.hamcrest.Matchers.hasKey("direction")));
        editor().header("If-Match", tag)
                .body("{\"threshold\":0.9}")
                .put(PATH + "/all")
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("detail", containsString(changed.header("ETag")));
        editor().header("If-Match", tag).delete(PATH + "/all").then().statusCode(412);
        editor().header("If-Match", changed.header("ETag"))
                .delete(PATH + "/all")
                .then()
                .statusCode(204);
        editor().get(PATH + "/all").then().statusCode(404);
        editor().get(PATH).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void refusalsSayWhatToSend() {
        refused("{\"threshold\":0.5}", "/name");
        refused("{\"name\":\"Not Lower\",\"threshold\":0.5}", "/name");
        refused("{\"name\":\"a\"}", "");
        refused("{\"name\":\"a\",\"threshold\":1.5}", "");
        refused("{\"name\":\"a\",\"threshold\":0.5,\"alarms_per_week\":1}", "");
        refused("{\"name\":\"a\",\"engine\":\"oracle\"}", "/engine");
        refused(
                "{\"name\":\"a\",\"threshold\":0.5,\"scope\":{\"family\":\"cats\"}}",
                "/scope/family");
        refused("{\"name\":\"a\",\"threshold\":0.5,\"scope\":{\"node_id\":\"n\"}}", "/scope");
        refused("{\"name\":\"a\",\"direction\":\"sideways\"}", "");
        String whole = "\"scope\":{\"whole_node\":true}";
        refused("{\"name\":\"a\",\"direction\":\"above\"," + whole + "}", "");
        refused(
                "{\"name\":\"a\",\"threshold\":0.5,"
                        + "\"scope\":{\"whole_node\":true,\"metric_name\":\"m\"}}",
                "/scope");
    }

    private void refused(String body, String pointer) {
        create(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void changedThresholdReachesRunningDetection() {
        Response made =
                create(
                        """
                        {"name": "quiet", "direction": "below",
                            "scope": {"metric_name": "cpu_percent"}}\
                        """);
        made.then().statusCode(201);
        // Detection may go by settings a second old; these it shall know before the points come.
        settings.latest(Long.parseLong(made.header("ETag").replace("\"", "")));
        Instant end = fleet.store(tenant);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get("/rank?level=node").body("items", hasSize(3)));
        Instant jump = StoredFleet.time(end, StoredFleet.JUMP_FROM);
        assertEquals(0, anomalies("node-1", jump));
        effective()
                .body("items[0].effective.direction", equalTo("below"))
                .body("items[0].effective.origins.direction", equalTo("rule:quiet"))
                .body("items[0].effective.origins.min_absolute_deviation", equalTo("family:cpu"))
                .body("items[0].effective.origins.threshold", equalTo("service"));
        previewKnowsTheJump();
        nodesAsWholesFollowTheirRules();

        String tag = editor().get(PATH + "/quiet").header("ETag");
        editor().header("If-Match", tag)
                .body("{\"direction\":\"above\",\"scope\":{\"metric_name\":\"cpu_percent\"}}")
                .put(PATH + "/quiet")
                .then()
                .statusCode(200);
        // One point a look: the first that is judged by the new rule opens the anomaly.
        Instant[] last = {end};
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    fleet.append(tenant, "node-2", last[0], 40, 41, 99, 99);
                    last[0] = last[0].plusSeconds(240);
                    assertEquals(1, Math.min(1, anomalies("node-2", end)));
                });
    }

    @Test
    void twoTrialsRunAtATimeAndAThirdIsToldWhenToComeBack() {
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            // a trial begins by looking which series it is about
            try (HeldLock _ = HeldLock.ofTable(database, "series")) {
                for (int i = 0; i < 3; i++) {
                    answers.add(CompletableFuture.supplyAsync(this::preview, senders));
                }
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
                answers.stream()
                        .filter(CompletableFuture::isDone)
                        .forEach(one -> assertToldToWait(one.join()));
                assertToldToWait(preview());
                assertToldToWait(suggestion());
            }
        }
        assertEquals(
                List.of(200, 200, 429),
                answers.stream().map(one -> one.join().statusCode()).sorted().toList());
        preview().then().statusCode(200);
        suggestion().then().statusCode(200);
    }

    private Response preview() {
        return editor().body("{\"rule\":{\"threshold\":0.7}}").post(PATH + "/preview");
    }

    private Response suggestion() {
        return editor().body("{\"alarms_per_week\":0.5}").post(PATH + "/suggestion");
    }

    private static void assertToldToWait(Response answer) {
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("5"))
                .body("detail", equalTo("2 trials are running already"));
    }

    private void previewKnowsTheJump() {
        editor().body(
                        """
                        {"rule": {"name": "quiet", "direction": "both",
                            "scope": {"metric_name": "cpu_percent"}}}\
                        """)
                .post(PATH + "/preview")
                .then()
                .statusCode(200)
                .body("series", hasSize(3))
                .body("alarms_then", greaterThan(0))
                .body("alarms_now", org.hamcrest.Matchers.lessThan(3));
        editor().body("{\"alarms_per_week\":0.5,\"scope\":{\"cluster_id\":\"c1\"}}")
                .post(PATH + "/suggestion")
                .then()
                .statusCode(200)
                .body("series", equalTo(8))
                .body("threshold.doubleValue()", greaterThan(0.3))
                .body(
                        "alarms_per_week.doubleValue()",
                        org.hamcrest.Matchers.lessThanOrEqualTo(0.5));
    }

    private void nodesAsWholesFollowTheirRules() {
        create(
                        """
                        {"name": "nodes", "alarms_per_week": 0.1,
                            "scope": {"cluster_id": "c1", "whole_node": true}}\
                        """)
                .then()
                .statusCode(201)
                .body("scope.whole_node", equalTo(true));
        effective()
                .body("items[0].effective.origins.threshold", equalTo("service"))
                .body("nodes", hasSize(1))
                .body("nodes[0].node_id", equalTo("node-1"))
                .body("nodes[0].effective.threshold", equalTo(0.742f))
                .body("nodes[0].effective.origin", equalTo("rule:nodes"));
        editor().body(
                        """
                        {"rule": {"threshold": 0.3,
                            "scope": {"node_id": "node-2", "cluster_id": "c1", "whole_node": true}}}\
                        """)
                .post(PATH + "/preview")
                .then()
                .statusCode(200)
                .body("series", hasSize(0))
                .body("node.node_id", equalTo("node-2"))
                .body("node.alarms_now", equalTo(0));
        editor().body("{\"alarms_per_week\":0.5,\"scope\":{\"whole_node\":true}}")
                .post(PATH + "/suggestion")
                .then()
                .statusCode(200)
                .body("series", equalTo(0))
                .body("threshold.doubleValue()", greaterThan(0.29));
    }

    private ValidatableResponse effective() {
        return editor().get(PATH + "/effective?metric_name=cpu_percent&node_id=node-1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    private int anomalies(String node, Instant from) {
        return get("/anomalies?metric_name=cpu_percent&node_id=%s&from=%s&to=%s"
                        .formatted(node, from, from.plus(Duration.ofDays(1))))
                .extract()
                .jsonPath()
                .getList("items")
                .size();
    }

    private ValidatableResponse get(String path) {
        return editor().get("/api/v1" + path).then().statusCode(200);
    }
}
