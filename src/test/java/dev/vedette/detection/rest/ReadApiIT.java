package dev.vedette.detection.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From the log to every read of the API, on a small fleet with one jump. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadApiIT {
    private static final TenantId TENANT = new TenantId("read-api");

    private final StoredFleet fleet;
    private Instant end = Instant.EPOCH;

    ReadApiIT(StoredFleet fleet) {
        this.fleet = fleet;
    }

    private RequestSpecification as(Role role) {
        return given().auth().oauth2(fleet.token(TENANT, role));
    }

    private ValidatableResponse get(String path, Object... values) {
        // RestAssured would write an Instant as seconds.
        Object[] texts = Arrays.stream(values).map(String::valueOf).toArray();
        return as(Role.VIEWER).get("/api/v1" + path, texts).then();
    }

    // Not before all: only from here on RestAssured knows the port.
    @BeforeEach
    void storeOnceAndWaitUntilJudged() {
        if (!end.equals(Instant.EPOCH)) {
            return;
        }
        end = fleet.store(TENANT);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    get(
                                    "/anomalies?node_id=node-1&metric_name=cpu_percent&from={from}",
                                    StoredFleet.time(end, StoredFleet.JUMP_FROM))
                            .statusCode(200)
                            .body("items", hasSize(greaterThan(0)));
                    get("/rank?level=node").statusCode(200).body("items", hasSize(3));
                });
    }

    private String jumpId() {
        return get(
                        "/anomalies?node_id=node-1&metric_name=cpu_percent&from={from}",
                        StoredFleet.time(end, StoredFleet.JUMP_FROM))
                .extract()
                .path("items[0].id");
    }

    @Test
    void theJumpIsAnAnomalyInWords() {
        Instant start = StoredFleet.time(end, StoredFleet.JUMP_FROM);
        get("/anomalies?node_id=node-1&from={from}", start)
                .statusCode(200)
                .body("items[0].tenant_id", equalTo(TENANT.value()))
                .body("items[0].source", equalTo("metric"))
                .body("items[0].metric_name", equalTo("cpu_percent"))
                .body("items[0].window_start", equalTo(start.toString()))
                .body("items[0].observed", equalTo(97f))
                .body("items[0].expected.doubleValue()", closeTo(40, 5))
                .body("items[0].explanation", containsString("node-1"));
    }

    @Test
    void anAnomalyComesWithItsContext() {
        String id = jumpId();
        get("/anomalies/" + id)
                .statusCode(200)
                .body("id", equalTo(id))
                .body("context", hasSize(greaterThan(30)))
                .body("band.lower", hasItem(notNullValue()))
                .body("siblings.node_id", equalTo(List.of("node-2", "node-3")))
                .body("siblings.anomalous", everyItem(equalTo(false)))
                .body("links.self", equalTo("/api/v1/anomalies/" + id));
    }

    @Test
    void theJumpBelongsToAnIncidentOfItsNode() {
        String id = jumpId();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> get("/anomalies/" + id).body("incident_id", notNullValue()));
        String incident = get("/anomalies/" + id).extract().path("incident.id");
        get("/anomalies?node_id=node-1&metric_name=cpu_percent")
                .body("items.find { it.id == '" + id + "' }.incident_id", equalTo(incident));
        get("/incidents/" + incident)
                .statusCode(200)
                .body("origin.node_id", equalTo("node-1"))
                .body("members.anomaly_id", hasItem(id))
                .body("timeline[0].kind", equalTo("began"));
        get("/incidents?cluster_id=nowhere").body("items", hasSize(0));
    }

    @Test
    void timesAreMillisecondsWhenAsked() {
        get("/anomalies/{id}?time_format=ms", jumpId())
                .statusCode(200)
                .body(
                        "window_start",
                        equalTo(StoredFleet.time(end, StoredFleet.JUMP_FROM).toEpochMilli()));
        get("/anomalies?time_format=hours")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?time_format"));
    }

    @Test
    void theStrangestNodeAndMetricRankFirst() {
        get("/rank?level=node")
                .statusCode(200)
                .body("items[0].node_id", equalTo("node-1"))
                .body("items[0].rank", equalTo(1))
                .body("items[0].num_metrics_analyzed", equalTo(3))
                .body("items[0].leading_metric_name", equalTo("cpu_percent"));
        get("/rank?level=metric&top=1")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].metric_name", equalTo("cpu_percent"));
        get("/rank?level=cluster&strategy=p95")
                .statusCode(200)
                .body("items[0].cluster_id", equalTo("c1"))
                .body("items[0].leading_node_id", equalTo("node-1"));
    }

    @Test
    void scoresMakeAHeatMap() {
        get("/scores?level=node&step=15m")
                .statusCode(200)
                .body("lanes[0].node_id", equalTo("node-1"))
                .body("lanes", hasSize(3))
                .body("lanes[0].scores", hasItem(notNullValue()));
        get("/scores?level=metric&cluster_id=c1&node_id=node-1&step=5m")
                .statusCode(200)
                .body("lanes", hasSize(3));
        get("/scores?step=7m").statusCode(400).body("errors[0].code", equalTo("not_whole_buckets"));
    }

    @Test
    void healthTellsOfEachCluster() {
        get("/health")
                .statusCode(200)
                .body("num_series", equalTo(9))
                .body("clusters[0].cluster_id", equalTo("c1"))
                .body("clusters[0].num_nodes", equalTo(3))
                .body("clusters[0].words", not(equalTo("")));
    }

    @Test
    void seriesArePagedByCursor() {
        Set<Integer> seen = new HashSet<>();
        String cursor = null;
        do {
            Map<String, Object> page =
                    (cursor == null ? as(Role.VIEWER) : as(Role.VIEWER).param("cursor", cursor))
                            .get("/api/v1/series?limit=4")
                            .then()
                            .statusCode(200)
                            .body("items.last_time", everyItem(equalTo(end.toString())))
                            .extract()
                            .as(new io.restassured.common.mapper.TypeRef<>() {});
            ((List<?>) page.getOrDefault("items", List.of()))
                    .forEach(item -> seen.add((Integer) ((Map<?, ?>) item).get("series_id")));
            cursor = (String) page.get("next_cursor");
        } while (cursor != null);
        assertEquals(9, seen.size());
    }

    @Test
    void aCursorServesItsOwnListOnly() {
        String cursor = get("/series?limit=1").extract().path("next_cursor");
        get("/series?limit=1&cursor={cursor}", cursor).statusCode(200);
        get("/series?limit=1&node_id=node-2&cursor={cursor}", cursor)
                .statusCode(400)
                .body("type", containsString("bad-cursor"));
        get("/anomalies?cursor={cursor}", cursor).statusCode(400);
        get("/anomalies?cursor=nonsense").statusCode(400);
    }

    @Test
    void pointsComeRawInStepsAndWithTheirBand() {
        String series = "/metrics?cluster_id=c1&node_id=node-1&metric_name=cpu_percent";
        get(series + "&to={to}", end.plusSeconds(60))
                .statusCode(200)
                .body("series[0].points", hasSize(1440))
                .body("series[0].points[1439][0]", equalTo(end.toString()));
        get(series + "&step=1h&from={from}&to={to}", end.minus(Duration.ofHours(3)), end)
                .statusCode(200)
                .body("series[0].buckets.count.sum()", equalTo(180))
                .body("series[0].points", nullValue());
        get(series + "&band=true&from={from}&to={to}", end.minus(Duration.ofHours(1)), end)
                .statusCode(200)
                .body("series[0].points", hasSize(60))
                .body("series[0].band.expected", hasSize(60))
                .body("series[0].band.alarm_score.max().doubleValue()", greaterThan(0.6));
    }

    @Test
    void liveAnomaliesEqualThoseOfDetect() throws IOException {
        JsonNode points =
                json(get(
                                "/metrics?cluster_id=c1&node_id=node-1&metric_name=cpu_percent"
                                        + "&time_format=ms&from={from}",
                                StoredFleet.time(end, 0)))
                        .at("/series/0/points");
        assertEquals(StoredFleet.POINTS, points.size());
        JsonNode detected =
                json(
                        detect(
                                        """
                                        {"series": {"cluster_id": "c1", "node_id": "node-1", "unit": "percent",
                                            "metric_name": "cpu_percent", "points": %s}}\
                                        """
                                                .formatted(points))
                                .statusCode(200)
                                .body("scores", hasSize(StoredFleet.POINTS)));
        JsonNode stored = json(get("/anomalies?node_id=node-1&metric_name=cpu_percent"));
        assertEquals(found(detected.path("results")), found(stored.path("items")).reversed());
    }

    // As text: RestAssured's own numbers are floats.
    private static JsonNode json(ValidatableResponse response) throws IOException {
        return new ObjectMapper().readTree(response.extract().asString());
    }

    private static List<ObjectNode> found(JsonNode records) {
        List<ObjectNode> found = new ArrayList<>();
        for (JsonNode record : records) {
            found.add(
                    ((ObjectNode) record.deepCopy())
                            .retain(
                                    "window_start",
                                    "window_end",
                                    "peak_at",
                                    "anomaly_score",
                                    "kind",
                                    "magnitude",
                                    "confidence",
                                    "observed",
                                    "expected",
                                    "lower",
                                    "upper",
                                    "points",
                                    "evidence",
                                    "explanation"));
        }
        return found;
    }

    @Test
    void aWindowOfSentPointsIsExplained() {
        List<List<Object>> points = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            points.add(List.of(1_700_000_000_000L + i * 60_000L, i == 550 ? 99 : 40 + i % 3));
        }
        as(Role.VIEWER)
                .contentType("application/json")
                .body(
                        Map.of(
                                "engine",
                                "ewma",
                                "series",
                                Map.of("points", points),
                                "window",
                                Map.of(
                                        "start", "2023-11-15T07:20:00Z",
                                        "end", "2023-11-15T07:30:00Z")))
                .post("/api/v1/explain")
                .then()
                .statusCode(200)
                .body("anomaly_label", notNullValue())
                .body("text", not(equalTo("")));
    }

    @Test
    void badQuestionsAreRefusedWithAPointerAndAFix() {
        String series = "/metrics?cluster_id=c1&node_id=node-1&metric_name=cpu_percent";
        get("/metrics?cluster_id=c1").statusCode(400).body("errors[0].code", equalTo("required"));
        get(series + "&from=1970-01-01T00:00:00Z")
                .statusCode(400)
                .body("errors[0].code", equalTo("range_too_long"))
                .body("errors[0].fix", not(equalTo("")));
        get(series + "&from=yesterday").statusCode(400).body("errors[0].pointer", equalTo("?from"));
        get(series + "&step=1s&from={from}", end.minus(Duration.ofDays(20)))
                .statusCode(400)
                .body("errors[0].code", equalTo("too_many_steps"));
        get("/anomalies?label=odd").statusCode(400).body("errors[0].pointer", equalTo("?label"));
        get("/anomalies?min_score=7").statusCode(400);
        get("/anomalies?limit=100000").statusCode(400);
        get("/anomalies/not-a-uuid").statusCode(404);
        get("/rank?level=galaxy").statusCode(400).body("errors[0].pointer", equalTo("?level"));
        get("/rank?top=0").statusCode(400);
        detect("{\"engine\":\"oracle\",\"series\":{\"points\":[[1,2]]}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/engine"));
        detect("{\"series\":{\"points\":[[1,2],[1,3]]}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/series/points/1"));
        detect("{\"series\":{\"points\":[[1,\"x\"]]}}").statusCode(400);
        detect("{\"series\":{\"points\":7}}").statusCode(400);
        detect("{\"series\":{\"points\":[[1,2,3]]}}").statusCode(400);
        detect("{\"series\":{}}").statusCode(400);
        detect("{").statusCode(400);
        detect("").statusCode(400);
    }

    private ValidatableResponse detect(String body) {
        return as(Role.VIEWER)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/detect")
                .then();
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        String id = jumpId();
        String token = fleet.token(new TenantId("stranger"), Role.ADMIN);
        given().auth().oauth2(token).get("/api/v1/anomalies/" + id).then().statusCode(404);
        for (String list : List.of("/anomalies", "/series", "/rank")) {
            given().auth()
                    .oauth2(token)
                    .get("/api/v1" + list)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
        given().auth().oauth2(token).get("/api/v1/scores").then().body("lanes", empty());
        given().auth().oauth2(token).get("/api/v1/health").then().body("num_series", equalTo(0));
    }

    @Test
    void writersMayNotRead() {
        as(Role.INGEST).get("/api/v1/anomalies").then().statusCode(403);
        as(Role.INGEST).get("/api/v1/metrics").then().statusCode(403);
    }

    @Test
    void enginesAreListedTheLiveOneMarked() {
        get("/engines")
                .statusCode(200)
                .body("items.id", hasItem("ensemble"))
                .body("items.find { it.id == 'ensemble' }.live", equalTo(true));
    }
}
