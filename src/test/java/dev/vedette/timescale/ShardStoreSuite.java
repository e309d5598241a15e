package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.ShardStoreContract;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The contract of {@link ShardStore} on a database. */
abstract class ShardStoreSuite extends ShardStoreContract {
    private static final AtomicInteger SHARDS = new AtomicInteger(100);

    /** The database under test. */
    abstract TestDatabase database();

    private TimescalePointLog log() {
        return new TimescalePointLog(database().pool(), database().workers());
    }

    @Override
    protected ShardStore store() {
        return new TimescaleShardStore(database().workers());
    }

    @Override
    protected int freshShard() {
        int shard = SHARDS.incrementAndGet();
        database().execute("INSERT INTO shard_lease (shard) VALUES (" + shard + ")");
        return shard;
    }

    @Override
    protected Series series() {
        TenantId tenant = new TenantId("t-" + UUID.randomUUID());
        SeriesKey key = new SeriesKey(tenant, "c", "n", "cpu", Labels.of(Map.of("core", "0")));
        return new TimescaleSeriesStore(database().tenants())
                .findOrCreate(
                        tenant, List.of(new SeriesStore.Wanted(key, Optional.of("percent"))), 1)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    @Override
    protected long openLane() {
        return log().openLane().await().indefinitely().id();
    }

    @Override
    protected void append(int shard, long lane, long seq, PointBatch points) {
        log().append(new Lane(lane), seq, List.of(new ShardBatch(shard, points)))
                .await()
                .indefinitely();
    }

    @Override
    protected void expire(int shard) {
        database()
                .execute(
                        "UPDATE shard_lease SET expires_at = now() - interval '1 second'"
                                + " WHERE shard = "
                                + shard);
    }

    @Override
    protected Optional<Anomaly> anomaly(TenantId tenant, UUID id) {
        return new TimescaleAnomalyQueries(database().tenants())
                .find(tenant, id)
                .await()
                .indefinitely();
    }

    @Override
    protected SortedMap<Long, Double> blocks(Series series) {
        return database()
                .workers()
                .await(connection -> {
                    SortedMap<Long, Double> points = new TreeMap<>();
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT (extract(epoch FROM time) * 1000)::bigint, value FROM"
                                            + " point WHERE tenant_id = ? AND series_id = ?")) {
                        statement.setString(1, series.id().tenant().value());
                        statement.setLong(2, series.id().value());
                        try (ResultSet row = statement.executeQuery()) {
                            while (row.next()) {
                                points.put(row.getLong(1), row.getDouble(2));
                            }
                        }
                    }
                    return points;
                });
    }
}
