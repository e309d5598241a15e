package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Requests waiting for a commit: bounded in bytes, and served so that tenants with something
 * waiting get through points in proportion to their weights, however large or many their requests
 * are. A tenant that floods the service waits behind itself. What was taken counts against the
 * bound until it is released.
 *
 * <p>Start-time fair queueing (P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queuing", SIGCOMM 1996,
 * section 2): a request starts at the later of the virtual time and its tenant's last finish, and
 * finishes its points over its weight later; the earliest start is served first, and is the virtual
 * time from then on. The weight is the tenant's points per second. O(log n) a request.
 *
 * <p>Not thread-safe: {@link GroupCommit} holds its lock around every call.
 */
final class FairQueue {
    private static final Duration TENANT_RETRY = Duration.ofSeconds(1);
    private static final Duration SERVICE_RETRY = Duration.ofSeconds(2);

    private record Waiting(double start, long number, CommitRequest request) {}

    private static final class Line {
        private long bytes;
        private double finish;
    }

    private final long maxBytes;
    private final long maxTenantBytes;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Waiting::start).thenComparingLong(Waiting::number));
    // Tenants with something in the queue, or with a finish to come.
    private final Map<TenantId, Line> lines = new HashMap<>();
    private double virtualTime;
    private long arrivals;
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
     * Adds a request. A tenant with nothing in the queue may put one request of any size, as long
     * as the whole is not full.
     *
     * @throws TooManyPointsException when the tenant has its share waiting already
     * @throws IngestionBusyException when the whole is full
     */
    void put(CommitRequest request) {
        if (bytes == 0) {
            // Nothing waits or is written: nobody owes anybody anything.
            lines.clear();
            virtualTime = 0;
        }
        Line line = lines.get(request.tenant());
        long own = line == null ? 0 : line.bytes;
        if (own > 0 && own + request.bytes() > maxTenantBytes) {
            throw new TooManyPointsException(request.tenant(), own, TENANT_RETRY);
        }
        if (bytes > 0 && bytes + request.bytes() > maxBytes) {
            throw new IngestionBusyException(bytes, SERVICE_RETRY);
        }
        add(request, line == null ? newLine(request.tenant()) : line);
    }

    private Line newLine(TenantId tenant) {
        Line line = new Line();
        lines.put(tenant, line);
        return line;
    }

    private void add(CommitRequest request, Line line) {
        bytes += request.bytes();
        line.bytes += request.bytes();
        waitingPoints += request.points();
        double start = Math.max(virtualTime, line.finish);
        line.finish = start + request.points() / request.weight();
        waiting.add(new Waiting(start, arrivals++, request));
    }

    /**
     * Takes requests, in fair order, until they hold so many points or none is left.
     *
     * @param maxPoints above 0; the last request taken may pass it
     */
    List<CommitRequest> take(int maxPoints) {
        List<CommitRequest> taken = new ArrayList<>();
        int points = 0;
        while (!waiting.isEmpty() && points < maxPoints) {
            Waiting next = waiting.remove();
            virtualTime = next.start;
            taken.add(next.request);
            points += next.request.points();
        }
        waitingPoints -= points;
        return taken;
    }

    /** Gives back the room of requests that were taken. */
    void release(List<CommitRequest> taken) {
        for (CommitRequest request : taken) {
            bytes -= request.bytes();
            Line line = lines.get(request.tenant());
            if (line != null) {
                line.bytes -= request.bytes();
                if (line.bytes == 0 && line.finish <= virtualTime) {
                    lines.remove(request.tenant());
                }
            }
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
