package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What ingestion tells about itself. Thread-safe. */
public final class IngestionMetrics {
    private final MeterRegistry registry;
    private final IntakeTally tally;
    private final Counter points;
    private final Counter duplicates;
    private final Counter gaps;
    private final Counter bytes;
    private final Counter failures;
    private final Timer commits;

    /**
     * Registers the meters.
     *
     * @param tally of what came in by tenant, which no meter has
     */
    public IngestionMetrics(MeterRegistry registry, IntakeTally tally) {
        this.registry = registry;
        this.tally = tally;
        points = registry.counter("vedette_ingestion_points_total");
        duplicates = registry.counter("vedette_ingestion_duplicate_points_total");
        gaps = registry.counter("vedette_ingestion_gaps_total");
        bytes = registry.counter("vedette_ingestion_received_bytes_total");
        failures = registry.counter("vedette_ingestion_commit_failures_total");
        commits =
                Timer.builder("vedette_ingestion_commit_duration_seconds")
                        .publishPercentileHistogram()
                        .register(registry);
        for (PushBack why : PushBack.values()) {
            registry.counter(
                    "vedette_ingestion_pushed_back_requests_total",
                    "reason",
                    why.name().toLowerCase(Locale.ROOT));
        }
        // all of them from the start, so that a rate can be taken of the first one
        for (RefusalReason reason : RefusalReason.values()) {
            rejected(reason);
        }
        for (IngestionProtocol protocol : IngestionProtocol.values()) {
            accepted(protocol);
        }
    }

    /** Lets the fill of the commit queue be seen, 0 to 1 and sometimes a little more. */
    void observeQueue(Supplier<Number> queuedBytes, long maxBytes) {
        Gauge.builder(
                        "vedette_ingestion_queue_fill_ratio",
                        () -> queuedBytes.get().doubleValue() / maxBytes)
                .register(registry);
    }

    /** Counts a request body as received. */
    public void received(int bodyBytes) {
        bytes.increment(bodyBytes);
    }

    /** Counts what became of the points of a request of that protocol. */
    public void answered(TenantId tenant, IngestionProtocol protocol, IntakeResult result) {
        arrived(tenant, protocol.code(), result);
        accepted(protocol).increment(result.accepted());
        result.rejectedByReason()
                .forEach((reason, count) ->
                        registry.counter(
                                        "vedette_ingestion_protocol_rejected_points_total",
                                        "protocol",
                                        protocol.code(),
                                        "reason",
                                        reason.code())
                                .increment(count));
    }

    /** Counts what became of points of that tenant that came that way. */
    void arrived(TenantId tenant, String way, IntakeResult result) {
        tally.add(tenant, way, result);
    }

    private Counter accepted(IngestionProtocol protocol) {
        return registry.counter(
                "vedette_ingestion_protocol_points_total", "protocol", protocol.code());
    }

    /**
     * Counts a request that was refused as a whole.
     *
     * @param reason one of a few fixed words
     */
    public void refused(IngestionProtocol protocol, String reason) {
        registry.counter(
                        "vedette_ingestion_refused_requests_total",
                        "protocol",
                        protocol.code(),
                        "reason",
                        reason)
                .increment();
    }

    /**
     * Counts what a protocol brings and Vedette has no place for, so that it is left out of a
     * request that is otherwise taken in.
     *
     * @param what one of a few fixed words
     */
    public void leftOut(IngestionProtocol protocol, String what, int count) {
        if (count > 0) {
            registry.counter(
                            "vedette_ingestion_left_out_total",
                            "protocol",
                            protocol.code(),
                            "what",
                            what)
                    .increment(count);
        }
    }

    /** Counts what admission found. */
    void admitted(AdmittedBatch batch) {
        duplicates.increment(batch.duplicates());
        gaps.increment(batch.gaps());
    }

    /** Counts refused points. */
    void rejected(Map<RefusalReason, Integer> counts) {
        counts.forEach((reason, count) -> rejected(reason).increment(count));
    }

    private Counter rejected(RefusalReason reason) {
        return registry.counter("vedette_ingestion_rejected_points_total", "reason", reason.code());
    }

    /** Counts the points of requests that are durable now. */
    void stored(List<CommitRequest> group) {
        points.increment(group.stream().mapToInt(CommitRequest::points).sum());
    }

    void committed(List<CommitRequest> group, Duration took) {
        stored(group);
        commits.record(took);
    }

    /** Counts a request refused before its body was read, its tenant being over its limit. */
    public void refusedEarly() {
        pushedBack(PushBack.TENANT_RATE);
    }

    /** Why a request as a whole was sent back to be sent again later. */
    enum PushBack {
        /** The tenant's points per second are used up. */
        TENANT_RATE,
        /** The tenant has its share of the queue waiting. */
        TENANT_QUEUE,
        /** The queue is full. */
        QUEUE
    }

    void pushedBack(PushBack why) {
        registry.counter(
                        "vedette_ingestion_pushed_back_requests_total",
                        "reason",
                        why.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void commitFailed(List<CommitRequest> group) {
        failures.increment(group.size());
    }
}
