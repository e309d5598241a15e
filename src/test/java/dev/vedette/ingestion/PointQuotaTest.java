package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PointQuotaTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantLimits HUNDRED_A_SECOND =
            new TenantLimits(10, 100, Duration.ofDays(1));

    private final AtomicLong nanos = new AtomicLong();
    private final PointQuota quota = new PointQuota(nanos::get);

    @Test
    void largeRequestPassesOnceAndIsPaidOffByWaiting() {
        quota.take(ACME, 1500, HUNDRED_A_SECOND);
        TooManyPointsException refusal =
                assertThrows(
                        TooManyPointsException.class, () -> quota.take(ACME, 1, HUNDRED_A_SECOND));
        nanos.addAndGet(refusal.retryAfter().toNanos() + 1000);
        quota.take(ACME, 1, HUNDRED_A_SECOND);
    }

    @Test
    void sustainedRateIsHeld() {
        int passed = 0;
        for (int tick = 0; tick < 1000; tick++) {
            nanos.addAndGet(100_000_000);
            passed += passes(40) ? 40 : 0;
        }
        // 100 seconds at 100 a second, and ten seconds' worth saved up
        assertEquals(11_000, passed, 80);
    }

    @Test
    void oneTenantsDebtIsNotAnothers() {
        quota.take(ACME, 100_000, HUNDRED_A_SECOND);
        assertEquals(990, quota.take(new TenantId("beta"), 10, HUNDRED_A_SECOND).remaining());
    }

    @Test
    void refusalOfAFloodGathersNoStackTrace() {
        quota.take(ACME, 1500, HUNDRED_A_SECOND);
        TooManyPointsException refusal =
                assertThrows(
                        TooManyPointsException.class, () -> quota.take(ACME, 1, HUNDRED_A_SECOND));
        assertEquals(0, refusal.getStackTrace().length);
        assertEquals(
                0, new IngestionBusyException(1, Duration.ofSeconds(1)).getStackTrace().length);
    }

    private boolean passes(int points) {
        try {
            quota.take(ACME, points, HUNDRED_A_SECOND);
            return true;
        } catch (TooManyPointsException e) {
            return false;
        }
    }
}
