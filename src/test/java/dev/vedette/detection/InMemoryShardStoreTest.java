package dev.vedette.detection;

import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

final class InMemoryShardStoreTest extends ShardStoreContract {
    private int shard;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final InMemoryPointLog log = new InMemoryPointLog(() -> now);
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();
    private final InMemoryShardStore store = new InMemoryShardStore(() -> now, log, catalogue);

    @Override
    protected ShardStore store() {
        return store;
    }

    @Override
    protected int freshShard() {
        return ++shard;
    }

    @Override
    protected Series series(SeriesKey key) {
        SeriesStore.Wanted wanted = new SeriesStore.Wanted(key, Optional.of("percent"));
        return catalogue
                .findOrCreate(key.tenant(), List.of(wanted), 100)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    @Override
    protected long openLane() {
        return log.openLane().await().indefinitely().id();
    }

    @Override
    protected void append(int shard, long lane, long seq, PointBatch points) {
        log.append(new Lane(lane), seq, List.of(new ShardBatch(shard, points)))
                .await()
                .indefinitely();
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
