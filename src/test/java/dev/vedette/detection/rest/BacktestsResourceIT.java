package dev.vedette.detection.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.series.Series;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Backtests as jobs, over the API of a running service. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class BacktestsResourceIT {
    private static final String DEAF = "{\"rule\":{\"threshold\":1.0}}";

    /** As a worker left it that was killed after the first series of three. */
    private static final String HALF_DONE =
            """
            INSERT INTO backtest_job (tenant_id, id, state, rule, range_from, range_to, series_ids,
                series_done, rules, created_by, created_at, started_at, attempts, owner,
                leased_until)
            VALUES (?, ?, 'running', ?::jsonb, ?::timestamptz, ?::timestamptz, ?, 1, ?, 'ann',
                now(), now(), 1, 'killed', now() + interval '1 second' * ?)
            """;

    /** How long a killed worker holds its task. */
    private static final Duration GONE = Duration.ofSeconds(1);

    private static final String STAGED =
            """
            INSERT INTO backtest_series VALUES (?, ?, ?,
                '{"now":[],"then":[{"start":"2026-11-20T00:00:00Z","end":"2026-11-20T00:00:00Z",
                "score":0.25,"shared":false}],"real":[]}')
            """;

    private final StoredFleet fleet;
    private final WorkerTransaction workers;
    private final SeriesDirectory directory;
    private final Thresholds thresholds;

    BacktestsResourceIT(
            StoredFleet fleet,
            WorkerTransaction workers,
            SeriesDirectory directory,
            Thresholds thresholds) {
        this.fleet = fleet;
        this.workers = workers;
        this.directory = directory;
        this.thresholds = thresholds;
    }

    private RequestSpecification as(TenantId tenant) {
        return given().auth()
                .oauth2(fleet.token(tenant, Role.VIEWER))
                .header("Content-Type", "application/json");
    }

    private static TenantId newTenant() {
        return new TenantId("backtests-" + UUID.randomUUID());
    }

    private String queued(TenantId tenant) {
        return as(tenant)
                .body(DEAF)
                .post("/api/v1/backtests")
                .then()
                .statusCode(202)
                .header("Location", containsString("/api/v1/backtests/"))
                .body("state", equalTo("queued"))
                .body("series_total", equalTo(9))
                .body("rule.threshold", equalTo(1.0f))
                .extract()
                .path("id");
    }

    private void awaitCompleted(TenantId tenant, String id) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        as(tenant)
                                .get("/api/v1/backtests/{id}", id)
                                .then()
                                .statusCode(200)
                                .body("state", equalTo("completed"))
                                .body("progress", equalTo(1.0f)));
    }

    @Test
    void oneOnAllSeriesIsQueuedWatchedAndKept() {
        TenantId tenant = newTenant();
        fleet.store(tenant);
        String id = queued(tenant);
        awaitCompleted(tenant, id);
        as(tenant)
                .get("/api/v1/backtests/{id}", id)
                .then()
                .body("series_done", equalTo(9))
                .body("result.now.alarms", greaterThan(0))
                .body("result.then.alarms", equalTo(0))
                .body("result.series.now.flatten().is_shared", hasItem(false));
        as(tenant)
                .get("/api/v1/backtests")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id))
                .body("items[0].result", nullValue());
        as(newTenant()).get("/api/v1/backtests/{id}", id).then().statusCode(404);
        as(tenant).delete("/api/v1/backtests/{id}", id).then().statusCode(409);
    }

    @Test
    void anotherWorkerGoesOnWhereAKilledOneWas() {
        TenantId tenant = newTenant();
        Instant end = fleet.store(tenant);
        UUID id = UUID.randomUUID();
        String rules = thresholds.current(tenant).await().indefinitely().fingerprint();
        leaveHalfDone(tenant, id, rules, end, GONE);
        awaitCompleted(tenant, id.toString());
        as(tenant)
                .get("/api/v1/backtests/{id}", id)
                .then()
                .body("series_done", equalTo(3))
                // found before the kill, and not looked for again
                .body("result.series[0].then.score", equalTo(List.of(0.25f)));
    }

    @Test
    void oneWhoseRulesWereChangedMeanwhileBeginsAnew() {
        TenantId tenant = newTenant();
        Instant end = fleet.store(tenant);
        UUID id = UUID.randomUUID();
        leaveHalfDone(tenant, id, "other rules", end, GONE);
        awaitCompleted(tenant, id.toString());
        as(tenant)
                .get("/api/v1/backtests/{id}", id)
                .then()
                .body("series_done", equalTo(3))
                .body("result.then.alarms", equalTo(0));
    }

    private void leaveHalfDone(
            TenantId tenant, UUID id, String rules, Instant end, Duration lease) {
        List<Series> series =
                directory
                        .list(tenant, SeriesDirectory.Filter.ALL, 0, 3)
                        .await()
                        .atMost(Duration.ofSeconds(30));
        String rule =
                """
                {"name":"draft","threshold":1.0,"whole_node":false,"revision":1,
                "changed_by":"ann","changed_at":"2026-11-20T00:00:00Z"}
                """;
        workers.await(connection -> {
            try (var job = connection.prepareStatement(HALF_DONE);
                    var staged = connection.prepareStatement(STAGED)) {
                job.setString(1, tenant.value());
                job.setObject(2, id);
                job.setString(3, rule);
                job.setString(4, end.minus(Duration.ofDays(1)).toString());
                job.setString(5, end.toString());
                job.setArray(
                        6,
                        connection.createArrayOf(
                                "bigint", series.stream().map(one -> one.id().value()).toArray()));
                job.setString(7, rules);
                job.setLong(8, lease.toSeconds());
                job.executeUpdate();
                staged.setString(1, tenant.value());
                staged.setObject(2, id);
                staged.setLong(3, series.getFirst().id().value());
                return staged.executeUpdate();
            }
        });
    }

    @Test
    void aTenantHasFewAtWorkAndCanCancelThem() {
        TenantId tenant = newTenant();
        Instant end = fleet.store(tenant);
        List<UUID> ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        // at work elsewhere for longer than this test
        ids.forEach(id -> leaveHalfDone(tenant, id, "", end, Duration.ofHours(1)));
        as(tenant)
                .body(DEAF)
                .post("/api/v1/backtests")
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("30"));
        as(tenant)
                .delete("/api/v1/backtests/{id}", ids.getFirst())
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"));
        queued(tenant);
    }

    @Test
    void whatFitsNothingOrTooMuchIsRefused() {
        TenantId tenant = newTenant();
        as(tenant)
                .body(DEAF)
                .post("/api/v1/backtests")
                .then()
                .statusCode(400)
                .body("errors.code", equalTo(List.of("no_series")));
        fleet.store(tenant);
        as(tenant)
                .body("{\"rule\":{\"threshold\":1.0},\"from\":\"2010-01-01T00:00:00Z\"}")
                .post("/api/v1/backtests")
                .then()
                .statusCode(400)
                .body("errors.code", equalTo(List.of("too_large")));
        as(tenant).get("/api/v1/backtests").then().body("items", hasSize(0));
    }
}
