package dev.vedette.detection.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.scheduling.JobPosition;
import dev.vedette.tenant.TenantId;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RescoringJobTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

    private final Queue queue = new Queue();
    private Instant now = NOON;

    @Test
    void eachSelectionIsQueuedOnceADayBySeveralProcesses() {
        RescoringJob one = job("acme,globex/edge/api-05");
        RescoringJob other = job("acme,globex/edge/api-05");
        one.run();
        other.run();
        one.run();
        assertEquals(2, queue.stored.size());
        now = NOON.plus(Duration.ofDays(1));
        other.run();
        one.run();
        assertEquals(4, queue.stored.size());
    }

    @Test
    void queuedIsTheRangeUpToTheLastMidnightByTheBatchEngineWithoutAlerts() {
        job("globex/edge/api-05").run();
        Backfill queued = queue.stored.values().iterator().next();
        Backfill.Request request = queued.request();
        assertEquals(new TenantId("globex"), queued.tenant());
        assertEquals(Optional.of("edge"), request.filter().clusterId());
        assertEquals(Optional.of("api-05"), request.filter().nodeId());
        assertEquals(MIDNIGHT, request.range().to());
        assertEquals(Duration.ofDays(7), request.range().duration());
        assertEquals(Optional.of("batch"), request.engine());
        int version = EngineRegistry.complete().get("batch").version();
        assertEquals(Optional.of(version), queued.engineVersion());
        assertEquals(Backfill.Reason.SCHEDULE, request.reason());
        assertFalse(request.sendAlerts());
    }

    @Test
    void withoutSelectionsNothingIsQueuedAndOneThatCannotBeHoldsUpNoOther() {
        job("").run();
        assertEquals(Map.of(), queue.stored);
        job("unknown,acme").run();
        assertEquals(
                List.of(new TenantId("acme")),
                queue.stored.values().stream().map(Backfill::tenant).toList());
    }

    private RescoringJob job(String selections) {
        SmallRyeConfigBuilder config =
                new SmallRyeConfigBuilder()
                        .withMapping(RescoringConfig.class)
                        .withMapping(BackfillConfig.class);
        if (!selections.isEmpty()) {
            config.withDefaultValue("vedette.rescoring.selections", selections);
        }
        var built = config.build();
        Backfills backfills =
                new Backfills(
                        queue,
                        EngineRegistry.complete(),
                        built.getConfigMapping(BackfillConfig.class),
                        () -> now);
        return new RescoringJob(
                backfills, built.getConfigMapping(RescoringConfig.class), () -> now);
    }

    /** Backfills by id; the tenant "unknown" has no series. */
    private static final class Queue implements BackfillStore {
        private final Map<UUID, Backfill> stored = new LinkedHashMap<>();

        @Override
        public Uni<Optional<Backfill>> create(Backfill backfill, int mostActive) {
            stored.putIfAbsent(backfill.id(), backfill);
            return find(backfill.tenant(), backfill.id());
        }

        @Override
        public Uni<Optional<Backfill>> find(TenantId tenant, UUID id) {
            return Uni.createFrom().item(Optional.ofNullable(stored.get(id)));
        }

        @Override
        public Uni<Long> countSeries(TenantId tenant, Backfill.Request request) {
            return Uni.createFrom().item(tenant.value().equals("unknown") ? 0L : 5L);
        }

        @Override
        public Uni<List<Backfill>> list(TenantId tenant, Optional<JobPosition> after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Backfill>> cancel(TenantId tenant, UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Backfill>> resume(TenantId tenant, UUID id) {
            throw new UnsupportedOperationException();
        }
    }
}
