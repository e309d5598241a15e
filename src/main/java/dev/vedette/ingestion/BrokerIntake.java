package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    private final LaneSlot slot = new LaneSlot();

    /** Of those parts. */
    public BrokerIntake(
            PointIntake intake, BrokerLog log, PointLog lanes, IngestionMetrics metrics) {
        this.intake = intake;
        this.log = log;
        this.lanes = lanes;
        this.metrics = metrics;
    }

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
     * @param batches the decoded requests; handed over
     * @return fails with {@link TooManyPointsException} when the tenant has to wait, and then
     *     nothing counts against its points per second, or with {@link StorageUnavailableException}
     */
    public Uni<Prepared> prepare(TenantId tenant, List<IncomingBatch> batches) {
        Prepared prepared = new Prepared();
        int points = batches.stream().mapToInt(batch -> batch.points().size()).sum();
        return intake.allow(tenant, points)
                .chain(limits ->
                        Multi.createFrom()
                                .iterable(batches)
                                .onItem()
                                .transformToUniAndConcatenate(batch ->
                                        intake.admit(tenant, batch, limits)
                                                .invoke(one -> add(prepared, tenant, one)))
                                .collect()
                                .last())
                .replaceWith(prepared);
    }

    private void add(Prepared prepared, TenantId tenant, PointIntake.Admitted one) {
        IntakeResult result = intake.result(one);
        metrics.arrived(tenant, KAFKA, result);
        prepared.results.add(result);
        one.request().ifPresent(prepared.requests::add);
    }

    /**
     * Stores what was prepared and moves the partitions it came from, all or none.
     *
     * @return completes once durable; fails with {@link PositionLostException} or {@link
     *     StorageUnavailableException}
     */
    public Uni<Void> store(Prepared prepared, String group, List<BrokerLog.Move> moves) {
        return Uni.createFrom()
                .deferred(() -> {
                    List<ShardBatch> batches =
                            prepared.requests.isEmpty()
                                    ? List.of()
                                    : ShardSplit.split(prepared.requests);
                    return slot.append(
                            lanes, (lane, seq) -> log.append(lane, seq, batches, group, moves));
                })
                .invoke(() -> metrics.stored(prepared.requests))
                .onFailure()
                .invoke(slot::abandon);
    }

    /** Moves a partition without storing anything. */
    public Uni<Void> skip(String group, BrokerLog.Move move) {
        return store(new Prepared(), group, List.of(move));
    }
}
