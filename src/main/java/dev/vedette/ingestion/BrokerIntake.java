package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way in for points from a broker: as {@link PointIntake}, but in two steps, so that what was
 * refused can be put aside before the partition moves, and with the move in the transaction of the
 * points. A broker delivers many requests at a time, so they are a group commit already. Not
 * thread-safe: belongs to one consumer.
 */
public final class BrokerIntake {
    private static final String KAFKA = "kafka";

    private final PointIntake intake;
    private final BrokerLog log;
    private final PointLog lanes;
    private final IngestionMetrics metrics;
    private final Tracing tracing;
    private final LaneSlot slot = new LaneSlot();

    /** Of those parts. */
    public BrokerIntake(
            PointIntake intake,
            BrokerLog log,
            PointLog lanes,
            IngestionMetrics metrics,
            Tracing tracing) {
        this.intake = intake;
        this.log = log;
        this.lanes = lanes;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /**
     * A request that a broker delivered.
     *
     * @param batch decoded; handed over
     * @param trace the place under which its points go on, where it is recorded
     */
    public record Sent(IncomingBatch batch, Optional<SpanContext> trace) {}

    /** What admission found, ready to be stored. */
    public static final class Prepared {
        private final List<IntakeResult> results = new ArrayList<>();
        private final List<CommitRequest> requests = new ArrayList<>();

        private Prepared() {}

        /** What becomes of each request once it is stored, in their order. */
        public List<IntakeResult> results() {
            return List.copyOf(results);
        }
    }

    /**
     * Where reading goes on; see {@link BrokerLog#claim}.
     *
     * @param starts where each partition starts when it was never read
     */
    public Uni<Map<BrokerLog.Partition, Long>> claim(
            String group, Map<BrokerLog.Partition, Long> starts) {
        return log.claim(group, starts);
    }

    /**
     * Checks a tenant's requests.
     *
     * @param tenant from the topic's configuration
     * @param batches the requests, in their order
     * @return fails with {@link TooManyPointsException} when the tenant has to wait, and then
     *     nothing counts against its points per second, or with {@link StorageUnavailableException}
     */
    public Uni<Prepared> prepare(TenantId tenant, List<Sent> batches) {
        Prepared prepared = new Prepared();
        int points = batches.stream().mapToInt(sent -> sent.batch().points().size()).sum();
        return intake.allow(tenant, points)
                .chain(limits ->
                        Multi.createFrom()
                                .iterable(batches)
                                .onItem()
                                .transformToUniAndConcatenate(sent ->
                                        intake.admit(tenant, sent.batch(), limits)
                                                .invoke(one ->
                                                        add(prepared, tenant, one, sent.trace())))
                                .collect()
                                .last())
                .replaceWith(prepared);
    }

    private void add(
            Prepared prepared,
            TenantId tenant,
            PointIntake.Admitted one,
            Optional<SpanContext> trace) {
        IntakeResult result = intake.result(one);
        metrics.arrived(tenant, KAFKA, result);
        prepared.results.add(result);
        one.request().ifPresent(request -> prepared.requests.add(request.under(trace)));
    }

    /**
     * Stores what was prepared and moves the partitions it came from, all or none.
     *
     * @return completes once durable; fails with {@link PositionLostException} or {@link
     *     StorageUnavailableException}
     */
    public Uni<Void> store(Prepared prepared, String group, List<BrokerLog.Move> moves) {
        SharedWork commit = CommitTraces.begin(tracing, prepared.requests);
        return Uni.createFrom()
                .deferred(() -> {
                    List<ShardBatch> batches = split(prepared.requests, commit);
                    return slot.append(
                            lanes, (lane, seq) -> log.append(lane, seq, batches, group, moves));
                })
                .invoke(() -> commit.run(() -> metrics.stored(prepared.requests)))
                .onFailure()
                .invoke(why -> {
                    commit.failed(why);
                    slot.abandon();
                })
                .onTermination()
                .invoke(commit::end);
    }

    private static List<ShardBatch> split(List<CommitRequest> requests, SharedWork commit) {
        return requests.isEmpty()
                ? List.of()
                : CommitTraces.mark(ShardSplit.split(requests), requests, commit);
    }

    /** Moves a partition without storing anything. */
    public Uni<Void> skip(String group, BrokerLog.Move move) {
        return store(new Prepared(), group, List.of(move));
    }
}
