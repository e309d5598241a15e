package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.threshold.ThresholdContract;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdHistory;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.ThresholdStore;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The contract of rules, and what only a database can get wrong. */
abstract class ThresholdSuite extends ThresholdContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    abstract TestDatabase database();

    @Override
    protected ThresholdStore store() {
        return new TimescaleThresholdStore(database().tenants());
    }

    @Override
    protected ThresholdHistory history() {
        return new TimescaleThresholdHistory(database().workers());
    }

    @Test
    void zoneOfATenantHoldsFromItsRevisionOn() {
        TimescaleTenantStore tenants = new TimescaleTenantStore(database().workers());
        TenantId id = new TenantId("zoned-" + UUID.randomUUID());
        tenants.insert(tenant(id, "Europe/Oslo")).await().indefinitely();
        long oslo = history().revision();
        tenants.update(tenant(id, "Europe/Oslo")).await().indefinitely();
        assertEquals(oslo, history().revision());
        tenants.update(tenant(id, "Asia/Tokyo")).await().indefinitely();
        long tokyo = history().revision();
        assertEquals(ZoneId.of("Europe/Oslo"), history().asOf(id, oslo).zone());
        assertEquals(ZoneId.of("Asia/Tokyo"), history().asOf(id, tokyo).zone());
        assertTrue(history().changed(oslo, tokyo).contains(id));
    }

    @Test
    void numberIsNeverVisibleBeforeALowerOne() throws InterruptedException {
        int writers = 6;
        CountDownLatch done = new CountDownLatch(writers);
        List<TenantId> tenants = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            TenantId tenant = new TenantId("writer-" + UUID.randomUUID());
            tenants.add(tenant);
            Thread.startVirtualThread(() -> {
                for (int k = 0; k < 10; k++) {
                    put(tenant, "r" + k, 100);
                }
                done.countDown();
            });
        }
        long seen = history().revision();
        List<Long> counts = new ArrayList<>();
        while (done.getCount() > 0) {
            seen = Math.max(seen, history().revision());
            counts.add(rules(tenants, seen));
            counts.add(-rules(tenants, seen));
        }
        done.await();
        // What a revision holds is the same however often, and however late, it is asked.
        for (int i = 0; i < counts.size(); i += 2) {
            assertEquals(0, counts.get(i) + counts.get(i + 1));
        }
        assertEquals(writers * 10L, rules(tenants, history().revision()));
    }

    @Test
    void formsThatNoReplayNeedsAreForgotten() {
        TenantId tenant = new TenantId("old-" + UUID.randomUUID());
        put(tenant, "a", 10);
        long first = history().revision();
        store().put(
                        tenant,
                        new ThresholdStore.Change(
                                "a", ThresholdScope.TENANT, fields(0.9), "ann", NOW),
                        OptionalLong.of(first),
                        10)
                .await()
                .indefinitely();
        long second = history().revision();
        tick(first);
        forget();
        assertEquals(1, history().asOf(tenant, first).rules().size());
        tick(second);
        forget();
        assertEquals(0, history().asOf(tenant, first).rules().size());
        assertEquals(1, history().asOf(tenant, second).rules().size());
    }

    private void forget() {
        database()
                .workers()
                .await(connection -> {
                    TimescaleThresholdHistory.forget(connection);
                    return connection;
                });
    }

    private void tick(long revision) {
        database()
                .execute(
                        "DELETE FROM shard_tick",
                        "INSERT INTO shard_tick VALUES (0, 1, '{0,7}', '{" + revision + ",9}')");
    }

    private long rules(List<TenantId> tenants, long revision) {
        return tenants.stream()
                .mapToLong(tenant -> history().asOf(tenant, revision).rules().size())
                .sum();
    }

    private void put(TenantId tenant, String name, int most) {
        ThresholdScope scope =
                new ThresholdScope(
                        Optional.empty(),
                        Optional.of(name),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        ThresholdStore.Change change =
                new ThresholdStore.Change(
                        name,
                        name.equals("a") ? ThresholdScope.TENANT : scope,
                        fields(0.5),
                        "ann",
                        NOW);
        store().put(tenant, change, OptionalLong.empty(), most).await().indefinitely();
    }

    private static ThresholdFields fields(double threshold) {
        return new ThresholdFields(
                Optional.of(threshold),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Tenant tenant(TenantId id, String zone) {
        return new Tenant(id, "Zoned", ZoneId.of(zone), TenantLimits.DEFAULT, NOW);
    }
}
