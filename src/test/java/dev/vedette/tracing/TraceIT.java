package dev.vedette.tracing;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.alerting.TargetsInside;
import dev.vedette.alerting.notifier.TestReceiver;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.training.PaymentsApi;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request's trace, from its sender through the running service to the receiver of a message. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(TraceCollector.class)
@TestProfile(TargetsInside.class)
final class TraceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PARENT = "b7ad6b7169203331";
    private static final int POINTS = 2_000;
    private static final int BROKEN = 15;

    private final PaymentsApi api;
    private final TestReceiver receiver = new TestReceiver("127.0.0.1");

    TraceIT(PaymentsApi api) {
        this.api = api;
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void oneTraceGoesFromPointsThroughTheLogToTheMessageAboutThem() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        TenantId tenant = new TenantId("traced-points");
        channelAndRoute(tenant);
        api.as(tenant, Role.INGEST)
                .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
                // as Java's own client asks
                .header("Connection", "Upgrade, HTTP2-Settings")
                .header("Upgrade", "h2c")
                .header("HTTP2-Settings", "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")
                .body(points())
                .post("/api/v1/metrics")
                .then()
                .statusCode(200)
                .header("X-Trace-Id", trace);
        assertEquals(trace, told().getTraceId());
        isUnder(trace, PARENT, "POST /api/v1/metrics");
        isUnder(trace, id(trace, "POST /api/v1/metrics"), "commit");
        isUnder(trace, id(trace, "commit"), "judge");
        isUnder(trace, id(trace, "judge"), "notify");
        assertEquals(id(trace, "notify"), told().getSpanId());
        String metrics =
                RestAssured.given()
                        .header(
                                "Accept",
                                "application/openmetrics-text; version=1.0.0; charset=utf-8")
                        .get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        isNamedAt(metrics, "vedette_ingestion_commit_duration_seconds_bucket", trace);
        isNamedAt(metrics, "vedette_detection_evaluation_duration_seconds_bucket", trace);
        isNamedAt(metrics, "http_server_requests_seconds_bucket", trace);
    }

    @Test
    void oneTraceGoesFromAPaymentThroughItsDecisionToTheMessageAboutIt() {
        String trace = "7c1f6d2a90e84b5f8d3a1b2c3d4e5f60";
        TenantId tenant = new TenantId("traced-payments");
        channelAndRoute(tenant);
        api.as(tenant, Role.EDITOR)
                .body(
                        "{\"name\":\"big\",\"description\":\"large\",\"expression\":"
                                + "\"amount > 1000\",\"outcome\":\"decline\"}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201);
        api.as(tenant, Role.EDITOR).post("/api/v1/rules/big/publish").then().statusCode(200);
        api.as(tenant, Role.INGEST)
                .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
                .body(
                        "{\"transactions\":[{\"transaction_id\":\"t1\",\"account_id\":\"a1\","
                                + "\"amount\":5000,\"currency\":\"EUR\",\"time\":\""
                                + Instant.now()
                                + "\"}]}")
                .post("/api/v1/transactions")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
        assertEquals(trace, told().getTraceId());
        isUnder(trace, PARENT, "POST /api/v1/transactions");
        isUnder(trace, id(trace, "POST /api/v1/transactions"), "decide");
        isUnder(trace, id(trace, "decide"), "notify");
    }

    @Test
    void refusalsNameTheirTraceAndWhoAsksForNoneGetsNone() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        TenantId tenant = new TenantId("traced-refusals");
        api.as(tenant, Role.VIEWER)
                .header("traceparent", "00-" + trace + "-" + PARENT + "-00")
                .get("/api/v1/nothing-here")
                .then()
                .statusCode(404)
                .header("X-Trace-Id", nullValue())
                .body("trace_id", equalTo(trace));
        api.as(tenant, Role.VIEWER)
                .get("/api/v1/nothing-here")
                .then()
                .statusCode(404)
                .header("X-Trace-Id", nullValue())
                .body("trace_id", nullValue());
    }

    private void channelAndRoute(TenantId tenant) {
        api.as(tenant, Role.EDITOR)
                .body(
                        "{\"name\":\"hook\",\"kind\":\"webhook\",\"url\":\"%s/in\"}"
                                .formatted(receiver.url()))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
        api.as(tenant, Role.EDITOR)
                .body("{\"name\":\"all\",\"channels\":[\"hook\"],\"wait_seconds\":0}")
                .post("/api/v1/routes")
                .then()
                .statusCode(201);
    }

    /** The place in the trace that the first message names. */
    private SpanContext told() {
        await().atMost(PATIENCE).until(() -> !receiver.got().isEmpty());
        return Traceparent.read(receiver.got().getFirst().headers().get("traceparent"))
                .orElseThrow();
    }

    private static void isNamedAt(String metrics, String name, String trace) {
        assertTrue(
                metrics.lines()
                        .anyMatch(line ->
                                line.startsWith(name)
                                        && line.contains("trace_id=\"" + trace + "\"")),
                () -> metrics.lines().filter(line -> line.startsWith(name)).toList().toString());
    }

    private static String id(String trace, String name) {
        await().atMost(PATIENCE)
                .until(() -> TraceCollector.names(trace), names -> names.contains(name));
        return TraceCollector.find(trace, name).orElseThrow().id();
    }

    private static void isUnder(String trace, String parent, String name) {
        id(trace, name);
        assertEquals(parent, TraceCollector.find(trace, name).orElseThrow().parent(), name);
    }

    /** A day and more of usual values, and then some that are not. */
    private static String points() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60L * POINTS);
        Random random = new Random(7);
        StringBuilder json =
                new StringBuilder(
                        "{\"series\":[{\"cluster_id\":\"edge\",\"node_id\":\"api-05\","
                                + "\"metric_name\":\"cpu_percent\",\"points\":[");
        for (int i = 0; i < POINTS; i++) {
            double value = i < POINTS - BROKEN ? 40 + 2 * random.nextGaussian() : 95;
            json.append(i == 0 ? "[" : ",[")
                    .append(start.plusSeconds(60L * i).toEpochMilli())
                    .append(',')
                    .append(value)
                    .append(']');
        }
        return json.append("]}]}").toString();
    }
}
