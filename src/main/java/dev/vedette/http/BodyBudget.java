package dev.vedette.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what the bodies of all requests at hand take of memory, and how much of it one tenant may
 * take, so that a tenant that floods the service is refused before the others are. Thread-safe: one
 * monitor guards all.
 */
final class BodyBudget {
    /** What became of a reservation. */
    enum Outcome {
        /** Reserved; to be released. */
        RESERVED,
        /** The tenant has its share already. */
        TENANT_FULL,
        /** There is no room for anybody. */
        FULL
    }

    private final long maxBytes;
    private final long maxShare;
    private final Map<String, Long> shares = new HashMap<>();
    private long bytes;

    /**
     * An empty one.
     *
     * @param maxBytes most bytes together, above 0
     * @param maxShare most of them of one tenant, above 0
     */
    BodyBudget(long maxBytes, long maxShare) {
        this.maxBytes = maxBytes;
        this.maxShare = maxShare;
    }

    /**
     * Reserves room. Who has nothing may take any amount as long as something is free, so that no
     * request is impossible.
     *
     * @param tenant whose; empty for callers without one, who share
     * @param amount above 0
     */
    synchronized Outcome reserve(String tenant, long amount) {
        long own = shares.getOrDefault(tenant, 0L);
        if (own > 0 && own + amount > maxShare) {
            return Outcome.TENANT_FULL;
        }
        if (bytes > 0 && bytes + amount > maxBytes) {
            return Outcome.FULL;
        }
        bytes += amount;
        shares.put(tenant, own + amount);
        return Outcome.RESERVED;
    }

    /** Gives back what was reserved. */
    synchronized void release(String tenant, long amount) {
        bytes -= amount;
        shares.computeIfPresent(tenant, (_, own) -> own > amount ? own - amount : null);
    }

    /** Reserved bytes over all bytes, 0 to 1; a little more when one request exceeds the whole. */
    synchronized double fill() {
        return (double) bytes / maxBytes;
    }
}
