package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a tenant uses of what it may. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class UsageIT {
    private static final String BLOCK =
            """
            INSERT INTO point_block (tenant_id, series_id, bucket, part, points, first_offset, step,
                "values")
            SELECT ?, 1, date_bin('4 hours', now(), '2026-01-01Z') - interval '1 hour' * ?, 1, 8640,
                0, 1000, array_fill(1::float8, ARRAY[100])
            """;
    private static final String BLOCK_OF_DECIMALS =
            """
            INSERT INTO point_block (tenant_id, series_id, bucket, part, points, first_offset, step,
                scale, base, packed_values)
            SELECT ?, 1, date_bin('4 hours', now(), '2026-01-01Z') - interval '1 hour' * ?, 1, 8640,
                0, 1000, 2, 0, decode(repeat('0001', 100), 'hex')
            """;

    private final ApiWorld world;
    private final TenantStore tenants;
    private final WorkerTransaction workers;

    UsageIT(ApiWorld world, TenantStore tenants, WorkerTransaction workers) {
        this.world = world;
        this.tenants = tenants;
        this.workers = workers;
    }

    private TenantId tenantOf(Duration age) {
        TenantId id = new TenantId("usage-" + UUID.randomUUID());
        TenantLimits limits = new TenantLimits(10, 4, Duration.ofDays(20));
        Instant made = Instant.now().minus(age);
        tenants.insert(new Tenant(id, "Usage", ZoneOffset.UTC, limits, made))
                .await()
                .indefinitely();
        return id;
    }

    private void store(String block, TenantId tenant, int hoursAgo) {
        workers.await(connection -> {
            try (var insert = connection.prepareStatement(block)) {
                insert.setString(1, tenant.value());
                insert.setInt(2, hoursAgo);
                return insert.executeUpdate();
            }
        });
    }

    private ValidatableResponse usage(TenantId tenant) {
        return given().auth()
                .oauth2(world.token(tenant, Role.VIEWER))
                .get("/api/v1/usage")
                .then()
                .statusCode(200);
    }

    @Test
    void tenantThatSentNothingUsesNothing() {
        usage(tenantOf(Duration.ofDays(1)))
                .body("series.used", equalTo(0f))
                .body("series.limit", equalTo(10f))
                .body("points_per_second.ratio", equalTo(0f))
                .body("storage.estimated_bytes", equalTo(0))
                .body("storage.retention", equalTo("PT480H"))
                .body("alerts.messages", equalTo(0));
    }

    @Test
    void pointsOfTheLastDayCountAgainstTheLimit() {
        TenantId tenant = tenantOf(Duration.ofDays(10));
        store(BLOCK, tenant, 4);
        store(BLOCK, tenant, 40);
        ValidatableResponse usage =
                usage(tenant)
                        .body("points_per_second.used", equalTo(.1f))
                        .body("points_per_second.ratio", equalTo(.025f))
                        .body("storage.bytes_per_day", greaterThan(0));
        int perDay = usage.extract().path("storage.bytes_per_day");
        int all = usage.extract().path("storage.estimated_bytes");
        assertEquals(10, all / (double) perDay, .1, "ten days old, kept for twenty");
    }

    @Test
    void decimalsStoredAsSmallWholeNumbersTakeRoomToo() {
        TenantId tenant = tenantOf(Duration.ofDays(10));
        store(BLOCK_OF_DECIMALS, tenant, 4);
        usage(tenant).body("storage.bytes_per_day", greaterThan(280));
    }
}
