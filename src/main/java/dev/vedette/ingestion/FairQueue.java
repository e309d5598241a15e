package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests waiting for a commit: bounded in bytes, one line per tenant, served in turn, so that a
 * tenant that floods the service waits behind itself. What was taken counts against the bound until
 * it is released. Not thread-safe: {@link GroupCommit} holds its lock around every call.
 */
final class FairQueue {
    private static final Duration TENANT_RETRY = Duration.ofSeconds(1);
    private static final Duration SERVICE_RETRY = Duration.ofSeconds(2);

    private final long maxBytes;
    private final long maxTenantBytes;
    private final LinkedHashMap<TenantId, ArrayDeque<CommitRequest>> lines = new LinkedHashMap<>();
    private final Map<TenantId, Long> tenantBytes = new HashMap<>();
    private long bytes;
    private int waitingPoints;

    /**
     * An empty queue.
     *
     * @param maxBytes most bytes waiting or being written
     * @param maxTenantBytes most of them of one tenant
     */
    FairQueue(long maxBytes, long maxTenantBytes) {
        this.maxBytes = maxBytes;
        this.maxTenantBytes = maxTenantBytes;
    }

    /**
     * Appends a request to its tenant's line. A tenant with nothing in the queue may put one
     * request of any size, as long as the whole is not full.
     *
     * @throws TooManyPointsException when the tenant has its share waiting already
     * @throws IngestionBusyException when the whole is full
     */
    void put(CommitRequest request) {
        long own = tenantBytes.getOrDefault(request.tenant(), 0L);
        if (own > 0 && own + request.bytes() > maxTenantBytes) {
            throw new TooManyPointsException(request.tenant(), own, TENANT_RETRY);
        }
        if (bytes > 0 && bytes + request.bytes() > maxBytes) {
            throw new IngestionBusyException(bytes, SERVICE_RETRY);
        }
        bytes += request.bytes();
        tenantBytes.put(request.tenant(), own + request.bytes());
        waitingPoints += request.points();
        lines.computeIfAbsent(request.tenant(), tenant -> new ArrayDeque<>()).add(request);
    }

    /**
     * Takes requests, one of each tenant in turn, until they hold so many points or none is left.
     *
     * @param maxPoints above 0; the last request taken may pass it
     */
    List<CommitRequest> take(int maxPoints) {
        List<CommitRequest> taken = new ArrayList<>();
        int points = 0;
        while (!lines.isEmpty() && points < maxPoints) {
            Map.Entry<TenantId, ArrayDeque<CommitRequest>> line = lines.pollFirstEntry();
            CommitRequest request = line.getValue().remove();
            taken.add(request);
            points += request.points();
            if (!line.getValue().isEmpty()) {
                lines.put(line.getKey(), line.getValue());
            }
        }
        waitingPoints -= points;
        return taken;
    }

    /** Gives back the room of requests that were taken. */
    void release(List<CommitRequest> taken) {
        for (CommitRequest request : taken) {
            bytes -= request.bytes();
            tenantBytes.computeIfPresent(
                    request.tenant(),
                    (tenant, own) -> own > request.bytes() ? own - request.bytes() : null);
        }
    }

    /** Points waiting, without those taken. */
    int waitingPoints() {
        return waitingPoints;
    }

    /** Bytes waiting or being written. */
    long bytes() {
        return bytes;
    }
}
