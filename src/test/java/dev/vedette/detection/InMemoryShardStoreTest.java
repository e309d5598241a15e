package dev.vedette.detection;

import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

final class InMemoryShardStoreTest extends ShardStoreContract {
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final InMemoryShardStore store = new InMemoryShardStore(() -> now);
    private long lanes;
    private long ids;

    @Override
    protected ShardStore store() {
        return store;
    }

    @Override
    protected int freshShard() {
        return 3;
    }

    @Override
    protected Series series() {
        TenantId tenant = new TenantId("t-" + UUID.randomUUID());
        SeriesKey key = new SeriesKey(tenant, "c", "n", "cpu", Labels.NONE);
        Series series =
                new Series(
                        new SeriesId(tenant, ++ids), key, Optional.of("percent"), Shards.of(key));
        store.add(series);
        return series;
    }

    @Override
    protected long openLane() {
        return ++lanes;
    }

    @Override
    protected void append(int shard, long lane, long seq, PointBatch points) {
        store.append(shard, lane, points);
    }

    @Override
    protected void expire(int shard) {
        now = now.plusSeconds(3600);
    }

    @Override
    protected Optional<Anomaly> anomaly(TenantId tenant, UUID id) {
        return Optional.ofNullable(store.anomalies.get(id));
    }

    @Override
    protected SortedMap<Long, Double> blocks(Series series) {
        return store.blocks.getOrDefault(series.id().value(), Collections.emptySortedMap());
    }
}
