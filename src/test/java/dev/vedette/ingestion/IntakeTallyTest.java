package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTallyTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = new TenantId("acme");

    private Instant now = NOON;
    private final IntakeTally tally = new IntakeTally(() -> now);

    private static IntakeResult result(int accepted, Map<RefusalReason, Integer> refused) {
        int rejected = refused.values().stream().mapToInt(Integer::intValue).sum();
        return new IntakeResult(
                accepted, rejected, 0, 0, List.of(), rejected, refused, Optional.empty());
    }

    @Test
    void requestsOfOneWayAreSummedAndTheBusiestWayIsFirst() {
        tally.add(ACME, "json", result(3, Map.of(RefusalReason.TIMESTAMP_FUTURE, 2)));
        tally.add(ACME, "otlp", result(90, Map.of()));
        now = NOON.plusSeconds(90);
        tally.add(ACME, "json", result(4, Map.of(RefusalReason.TIMESTAMP_FUTURE, 1)));
        assertEquals(
                List.of(
                        new IntakeTally.Way("otlp", NOON, 90, Map.of()),
                        new IntakeTally.Way(
                                "json", now, 7, Map.of(RefusalReason.TIMESTAMP_FUTURE, 3L))),
                tally.of(ACME));
    }

    @Test
    void whatIsOlderThanAnHourIsForgottenButNotWhenItLastCame() {
        tally.add(ACME, "json", result(3, Map.of(RefusalReason.VALUE_MISSING, 1)));
        now = NOON.plus(Duration.ofMinutes(59));
        assertEquals(3, tally.of(ACME).getFirst().accepted());
        now = NOON.plus(Duration.ofMinutes(60));
        assertEquals(List.of(new IntakeTally.Way("json", NOON, 0, Map.of())), tally.of(ACME));
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        tally.add(ACME, "json", result(3, Map.of()));
        assertEquals(List.of(), tally.of(new TenantId("other")));
    }
}
