package dev.vedette.detection.external;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.rest.StoredFleet;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The real Merlion through the public API: it detects, dies, is stood in for, and comes back. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(MerlionSidecar.class)
@EnabledIfEnvironmentVariable(named = MerlionSidecar.PYTHON, matches = ".+")
final class MerlionIT {
    private static final TenantId TENANT = new TenantId("merlion");
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int POINTS = 1_000;
    private static final int SPIKE = 800;
    private static final Logger GUARD = Logger.getLogger(GuardedModel.class.getName());

    private final StoredFleet fleet;
    private final Lines lines = new Lines();

    MerlionIT(StoredFleet fleet) {
        this.fleet = fleet;
    }

    @BeforeEach
    void listen() {
        GUARD.addHandler(lines);
    }

    @AfterEach
    void listenNoMore() {
        GUARD.removeHandler(lines);
    }

    @Test
    void itsDeathDegradesToTheDefaultEngineAndItsReturnIsNoticed() throws InterruptedException {
        detect().body("engine", equalTo("merlion"))
                .body("asked_engine", nullValue())
                .body("results", hasSize(greaterThan(0)))
                .body("results.window_start", hasItem(START.plusSeconds(60L * SPIKE).toString()))
                .body("results.anomaly_label", hasItem("spike"))
                .body("scores", hasSize(POINTS));

        MerlionSidecar.kill();
        // While it fails and after its circuit opened alike, callers get the default engine.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    detect().body("engine", equalTo("ensemble"))
                            .body("asked_engine", equalTo("merlion"))
                            .body("results", hasSize(greaterThan(0)));
                    metrics(
                            "vedette_external_engine_fallback_total{engine=\"merlion\",reason=\"circuit_open\"");
                    assertEquals(1, lines.containing("the default engine judges in its place"));
                });

        MerlionSidecar.launch();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> detect().body("engine", equalTo("merlion")));
        assertEquals(1, lines.containing("answers again"));
        assertEquals(2, lines.all.size(), lines.all.toString());
    }

    private ValidatableResponse detect() {
        Random noise = new Random(3);
        List<List<Number>> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double value = 40 + noise.nextGaussian() + (i == SPIKE ? 45 : 0);
            points.add(List.of(START.plusSeconds(60L * i).toEpochMilli(), value));
        }
        Map<String, Object> series = Map.of("metric_name", "cpu_percent", "points", points);
        return given().auth()
                .oauth2(fleet.token(TENANT, Role.VIEWER))
                .contentType("application/json")
                .body(Map.of("engine", "merlion", "series", series))
                .post("/api/v1/detect")
                .then()
                .statusCode(200);
    }

    private static void metrics(String name) {
        String page = given().get("/q/metrics").then().statusCode(200).extract().asString();
        double count =
                page.lines()
                        .filter(line -> line.startsWith(name))
                        .mapToDouble(line ->
                                Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
        assertTrue(count > 0, "nothing counted as " + name);
    }

    /** Keeps what was logged from INFO up. */
    private static final class Lines extends Handler {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
                all.add(String.valueOf(entry.getMessage()));
            }
        }

        long containing(String part) {
            return all.stream().filter(line -> line.contains(part)).count();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
