package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Holds each tenant to its points per second. A tenant may save up ten seconds' worth. Thread-safe.
 */
public final class PointQuota {
    private static final int BURST_SECONDS = 10;

    private final ConcurrentHashMap<TenantId, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /**
     * By that clock.
     *
     * @param nanoTime monotonic nanoseconds
     */
    public PointQuota(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes points off the tenant's allowance.
     *
     * @param points zero or more; with zero only the allowance is asked for
     * @return what is left
     * @throws TooManyPointsException when the tenant has to wait; nothing was taken
     */
    public Allowance take(TenantId tenant, int points, TenantLimits limits) {
        int perSecond = limits.maxPointsPerSecond();
        double capacity = (double) perSecond * BURST_SECONDS;
        long now = nanoTime.getAsLong();
        // one bucket per tenant that ever sent: bounded by the tenants there are
        TokenBucket bucket = buckets.computeIfAbsent(tenant, key -> new TokenBucket(capacity, now));
        Duration wait = bucket.take(points, perSecond, capacity, now);
        if (!wait.isZero()) {
            throw new TooManyPointsException(tenant, perSecond, BURST_SECONDS, wait);
        }
        return new Allowance(perSecond, BURST_SECONDS, bucket.remaining());
    }

    /**
     * What a tenant may still send.
     *
     * @param perSecond sustained points per second
     * @param windowSeconds seconds' worth that may be saved up
     * @param remaining points it may send at once, zero or more
     */
    public record Allowance(int perSecond, int windowSeconds, long remaining) {}
}
