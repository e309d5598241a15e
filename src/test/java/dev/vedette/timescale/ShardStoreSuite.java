package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.LogRow;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.ShardStoreContract;
import dev.vedette.detection.Watermark;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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

    /**
     * A inserts, B inserts and commits, poll, A commits, poll. A reader that remembers the highest
     * number over all writers never sees A.
     */
    @Test
    void rowThatBecomesVisibleBehindANewerOneIsSeen() throws SQLException {
        int shard = freshShard();
        long slow = openLane();
        long fast = openLane();
        byte[] payload = PackedPoints.pack(batch(1, 0));
        try (Connection writer = database().source().getConnection()) {
            writer.setAutoCommit(false);
            try (PreparedStatement insert =
                    writer.prepareStatement(
                            "INSERT INTO detection_log (shard, lane, seq, points, payload)"
                                    + " VALUES (?, ?, 1, 1, ?)")) {
                insert.setInt(1, shard);
                insert.setLong(2, slow);
                insert.setBytes(3, payload);
                insert.executeUpdate();
            }
            append(shard, fast, 1, batch(1, 1));
            List<LogRow> first = store().read(shard, Watermark.START, Optional.empty(), 1000);
            assertEquals(List.of(fast), first.stream().map(LogRow::lane).toList());
            writer.commit();
            Watermark seen = Watermark.of(Map.of(fast, 1L));
            List<LogRow> second = store().read(shard, seen, Optional.empty(), 1000);
            assertEquals(List.of(slow), second.stream().map(LogRow::lane).toList());
            writer.setAutoCommit(true);
        }
    }
}
