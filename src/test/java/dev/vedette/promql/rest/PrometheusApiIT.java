package dev.vedette.promql.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.rest.StoredFleet;
import dev.vedette.packaging.Promtool;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Grafana's data source and promtool ask, answered from a small fleet with one jump. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PrometheusApiIT {
    private static final TenantId TENANT = new TenantId("prometheus-api");
    private static final String API = "/api/v1/prometheus/api/v1";

    private final StoredFleet fleet;
    private Instant end = Instant.EPOCH;

    PrometheusApiIT(StoredFleet fleet) {
        this.fleet = fleet;
    }

    private RequestSpecification viewer() {
        return given().auth().oauth2(fleet.token(TENANT, Role.VIEWER));
    }

    @BeforeEach
    void storeOnceAndWaitUntilRolledUp() {
        if (end.equals(Instant.EPOCH)) {
            end = fleet.store(TENANT);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() ->
                            viewer().get("/api/v1/rank?level=node")
                                    .then()
                                    .body("items", hasSize(3)));
        }
    }

    private ValidatableResponse instant(String query) {
        return viewer().formParam("query", query)
                .formParam("time", String.valueOf(end.getEpochSecond()))
                .post(API + "/query")
                .then();
    }

    private ValidatableResponse range(String query, Duration back, int step) {
        return viewer().formParam("query", query)
                .formParam("start", String.valueOf(end.minus(back).getEpochSecond()))
                .formParam("end", String.valueOf(end.getEpochSecond()))
                .formParam("step", String.valueOf(step))
                .post(API + "/query_range")
                .then();
    }

    /** The requests of Grafana 11 when its data source is saved and tested. */
    @Test
    void grafanaFindsTheDataSourceGood() {
        viewer().contentType("application/x-www-form-urlencoded")
                .header("User-Agent", "Grafana/11.3.0")
                .body("query=1%2B1&time=1732190400")
                .post(API + "/query")
                .then()
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("data.resultType", equalTo("scalar"))
                .body("data.result", equalTo(List.of(1732190400, "2")));
        viewer().get(API + "/status/buildinfo")
                .then()
                .statusCode(200)
                .body("status", equalTo("success"))
                .body("data.version.length()", greaterThan(0));
    }

    /** The requests of its query builder, variables and metric browser. */
    @Test
    void grafanaCompletesNames() {
        viewer().get(API + "/label/__name__/values?start=1&end=1893456000")
                .then()
                .body("data", hasItems("cpu_percent", "requests", "anomaly_score"));
        viewer().queryParam("match[]", "cpu_percent{cluster_id=\"c1\"}")
                .get(API + "/label/node_id/values")
                .then()
                .body("data", equalTo(List.of("node-1", "node-2", "node-3")));
        viewer().formParam("match[]", "{__name__=\"cpu_percent\"}")
                .post(API + "/labels")
                .then()
                .body("data", equalTo(List.of("__name__", "cluster_id", "node_id")));
        viewer().queryParam("match[]", "anomaly_score{metric_name=~\"cpu.*\"}")
                .get(API + "/series")
                .then()
                .body(
                        "data.metric_name",
                        equalTo(List.of("cpu_percent", "cpu_percent", "cpu_percent")));
        viewer().get(API + "/metadata?limit=5000")
                .then()
                .body("data.anomaly_score[0].type", equalTo("gauge"));
    }

    @Test
    void newestValuesAreAnswered() {
        instant("cpu_percent{node_id=~\"node-[12]\"}")
                .statusCode(200)
                .body("data.resultType", equalTo("vector"))
                .body("data.result.metric.node_id", containsInAnyOrder("node-1", "node-2"))
                .body("data.result.metric.cluster_id", hasItem("c1"));
        instant("count({cluster_id=\"c1\"})").body("data.result[0].value[1]", equalTo("9"));
        instant("max_over_time(cpu_percent{node_id=\"node-1\"}[1h])")
                .body("data.result[0].value[1]", equalTo("97"));
        instant("cpu_percent{node_id=\"node-1\"}[10m]")
                .body("data.resultType", equalTo("matrix"))
                .body("data.result[0].values", hasSize(10));
        instant("cpu_percent offset 4d").body("data.result", hasSize(0));
    }

    @Test
    void stepsAreAnsweredFromPointsAndFromRollUps() {
        range("cpu_percent{node_id=\"node-1\"}", Duration.ofMinutes(59), 60)
                .statusCode(200)
                .body("data.resultType", equalTo("matrix"))
                .body("data.result[0].values", hasSize(60));
        Instant aligned = Instant.ofEpochSecond(end.getEpochSecond() / 300 * 300);
        List<List<Object>> coarse =
                viewer().queryParam("query", "avg(requests)")
                        .queryParam("start", String.valueOf(aligned.getEpochSecond() - 86_400))
                        .queryParam("end", String.valueOf(aligned.getEpochSecond()))
                        .queryParam("step", "5m")
                        .get(API + "/query_range")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("data.result[0].values");
        assertTrue(coarse.size() >= 285, "only " + coarse.size() + " of 289 steps");
        coarse.forEach(sample -> assertEquals(40, Double.parseDouble((String) sample.get(1)), 10));
    }

    @Test
    void scoresAndBandsAreMetrics() {
        List<List<Object>> scores =
                range(
                                "anomaly_score{metric_name=\"cpu_percent\",node_id=\"node-1\"}",
                                Duration.ofMinutes(59),
                                60)
                        .statusCode(200)
                        .body("data.result", hasSize(1))
                        .extract()
                        .path("data.result[0].values");
        double highest =
                scores.stream()
                        .mapToDouble(sample -> Double.parseDouble((String) sample.get(1)))
                        .max()
                        .orElseThrow();
        assertTrue(highest > 0.7, "the jump scores " + highest);
        instant("anomaly_upper{node_id=\"node-2\"} > anomaly_lower{node_id=\"node-2\"}")
                .statusCode(200)
                .body("data.result", hasSize(3));
        String expected =
                instant("anomaly_expected{metric_name=\"cpu_percent\",node_id=\"node-2\"}")
                        .extract()
                        .path("data.result[0].value[1]");
        assertEquals(40, Double.parseDouble(expected), 5);
        instant("max_over_time(anomaly_aggregate_score{level=\"node\"}[1h])")
                .body("data.result.metric.node_id", hasItems("node-1", "node-2", "node-3"));
        viewer().queryParam("match[]", "anomaly_aggregate_score")
                .get(API + "/label/level/values")
                .then()
                .body("data", equalTo(List.of("cluster", "node", "tenant")));
    }

    @Test
    void refusalsHaveTheShapePrometheusGivesThem() {
        instant("sum(").statusCode(400).body("status", equalTo("error"));
        instant("cpu_percent + on(cluster_id) requests")
                .statusCode(422)
                .body("errorType", equalTo("execution"))
                .body("error", containsString("many-to-many"));
        range("cpu_percent", Duration.ofDays(30), 1)
                .statusCode(400)
                .body("error", containsString("11,000 points"));
        given().get(API + "/query?query=1").then().statusCode(401);
    }

    @Test
    void anotherTenantSeesNothing() {
        given().auth()
                .oauth2(fleet.token(new TenantId("prometheus-other"), Role.VIEWER))
                .queryParam("query", "cpu_percent")
                .get(API + "/query")
                .then()
                .statusCode(200)
                .body("data.result", hasSize(0));
    }

    /** Promtool knows no tokens; a proxy of the test adds one. */
    @Test
    void promtoolReadsMetricsAndScores() throws Exception {
        Promtool.assumeThere();
        try (TokenProxy proxy =
                new TokenProxy(RestAssured.port, fleet.token(TENANT, Role.VIEWER))) {
            String server = proxy.address() + "/api/v1/prometheus";
            String at = String.valueOf(end.getEpochSecond());
            Map<List<String>, String> questions =
                    Map.of(
                            List.of("instant", "--time=" + at, server, "avg(cpu_percent)"),
                            "{} => ",
                            List.of(
                                    "instant",
                                    "--time=" + at,
                                    server,
                                    "anomaly_score{metric_name=\"requests\"}"),
                            "anomaly_score{cluster_id=\"c1\", metric_name=\"requests\"",
                            List.of(
                                    "range",
                                    "--start=" + end.minusSeconds(600).getEpochSecond(),
                                    "--end=" + at,
                                    "--step=1m",
                                    server,
                                    "rate(requests[5m])"),
                            "{cluster_id=\"c1\", node_id=\"node-1\"}",
                            List.of("series", "--match=requests", server),
                            "{__name__=\"requests\", cluster_id=\"c1\", node_id=\"node-2\"}",
                            List.of("labels", server, "node_id"),
                            "node-3");
            for (Map.Entry<List<String>, String> question : questions.entrySet()) {
                String said =
                        Promtool.run(
                                Stream.concat(Stream.of("query"), question.getKey().stream())
                                        .toArray(String[]::new));
                assertTrue(said.contains(question.getValue()), question.getKey() + ": " + said);
            }
        }
    }
}
