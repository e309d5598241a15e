package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.source.SeriesBatch;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PointIntakeTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final IntakeWorld world =
            new IntakeWorld(
                    InstantSource.fixed(NOW), new TenantLimits(2, 1000, Duration.ofDays(90)));

    @Test
    void everyPointIsEitherDurableOrCountedByItsReason() {
        IntakeResult result = take(batch(3, 5, Double.NaN));
        assertEquals(8, result.accepted());
        assertEquals(7, result.rejected());
        assertEquals(8, world.durablePoints());
        assertEquals(
                Map.of(RefusalReason.VALUE_NOT_FINITE, 3, RefusalReason.TOO_MANY_SERIES, 4),
                result.rejectedByReason());
        assertEquals(
                4,
                world.registry
                        .counter(
                                "vedette_ingestion_rejected_points_total",
                                "reason",
                                "too_many_series")
                        .count());
    }

    @Test
    void nothingIsAcknowledgedWhileTheLogIsUnreachable() {
        world.setUnreachable(true);
        assertThrows(StorageUnavailableException.class, () -> take(batch(1, 5, 1)));
        world.setUnreachable(false);
        assertEquals(5, take(batch(1, 5, 1)).accepted());
    }

    @Test
    void tenantBeyondItsRateIsToldToWaitButFetchedPointsAreNot() {
        assertTrue(take(batch(1, 20_000, 1)).allowance().isPresent());
        assertThrows(TooManyPointsException.class, () -> take(batch(1, 1, 1)));
        assertEquals(
                1,
                world.intake.takeFetched(ACME, batch(1, 1, 1)).await().indefinitely().accepted());
    }

    private IntakeResult take(IncomingBatch batch) {
        return world.intake.take(ACME, batch).await().indefinitely();
    }

    private static IncomingBatch batch(int series, int points, double lastValue) {
        SeriesBatch batch = new SeriesBatch(16);
        for (int s = 0; s < series; s++) {
            for (int p = 0; p < points; p++) {
                batch.add(
                        NOW.toEpochMilli() - 1000L * (points - p), p == points - 1 ? lastValue : p);
            }
            batch.endSeries("eu-1", "web-1", "m" + s, Map.of(), Optional.empty());
        }
        return batch.build();
    }
}
