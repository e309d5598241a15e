package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyFeed;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.Checkpoint;
import dev.vedette.detection.DetectorState;
import dev.vedette.detection.Lease;
import dev.vedette.detection.LogRow;
import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.ShardStoreContract;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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
    protected Series series(SeriesKey key) {
        return new TimescaleSeriesStore(database().tenants())
                .findOrCreate(
                        key.tenant(),
                        List.of(new SeriesStore.Wanted(key, Optional.of("percent"))),
                        100)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    @Test
    void detectorIsToldToItsTenantWithTheTimeOfItsFirstVerdict() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", Duration.ofMinutes(1)).orElseThrow();
        Series series = series();
        Instant warmAt = Instant.parse("2026-11-20T10:15:00.250Z");
        assertEquals(Map.of(), detectors(series.id().tenant(), series));
        snapshot(lease, 1, series, OptionalLong.of(warmAt.toEpochMilli()));
        assertEquals(
                Map.of(series.id(), new DetectorState("ensemble", Optional.of(warmAt), 0)),
                detectors(series.id().tenant(), series));
        snapshot(lease, 2, series, OptionalLong.empty());
        assertEquals(
                Map.of(series.id(), new DetectorState("ensemble", Optional.empty(), 0)),
                detectors(series.id().tenant(), series));
        assertEquals(Map.of(), detectors(new TenantId("someone-else"), series));
    }

    @Test
    void tenantIsToldOfHowManySiblingsASeriesBeganAndNobodyElseIs() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", Duration.ofMinutes(1)).orElseThrow();
        Series series = series();
        long id = series.id().value();
        SeriesPrior prior = new SeriesPrior(id, "ensemble", 5, new byte[] {7});
        store().commit(
                        lease,
                        new TickResult(
                                1,
                                Watermark.START,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(prior),
                                Map.of(),
                                List.of(),
                                Optional.empty()));
        snapshot(lease, 2, series, OptionalLong.empty());
        assertEquals(
                Map.of(series.id(), new DetectorState("ensemble", Optional.empty(), 5)),
                detectors(series.id().tenant(), series));
        TimescaleSeriesDirectory directory = new TimescaleSeriesDirectory(database().tenants());
        List<SeriesId> ids = List.of(series.id());
        SeriesPrior told =
                Objects.requireNonNull(
                        directory
                                .priors(series.id().tenant(), ids)
                                .await()
                                .indefinitely()
                                .get(series.id()));
        assertArrayEquals(prior.prior(), told.prior());
        assertEquals(
                Map.of(),
                directory.priors(new TenantId("someone-else"), ids).await().indefinitely());
    }

    private void snapshot(Lease lease, long tick, Series series, OptionalLong warmAt) {
        Checkpoint.Snapshot state =
                new Checkpoint.Snapshot(series.id().value(), "ensemble", new byte[] {1}, warmAt);
        Checkpoint checkpoint = new Checkpoint(List.of(state), List.of(), List.of());
        store().commit(
                        lease,
                        new TickResult(
                                tick,
                                Watermark.START,
                                List.of(),
                                List.of(),
                                Optional.of(checkpoint)));
    }

    private Map<SeriesId, DetectorState> detectors(TenantId tenant, Series series) {
        return new TimescaleSeriesDirectory(database().tenants())
                .detectors(tenant, List.of(series.id()))
                .await()
                .indefinitely();
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

    @Test
    void feedTellsEachTenantWhatAnyWorkerChangedInTheOrderOfTicks() {
        int shard = 15; // the feed knows the service's own shards only
        AnomalyFeed feed = new TimescaleAnomalyFeed(database().workers());
        Lease lease = store().acquire(shard, "feeder", Duration.ofMinutes(1)).orElseThrow();
        long tick = store().load(shard).tick();
        Anomaly one = anomaly(series(), 0.7, AnomalyStatus.OPEN);
        Anomaly other = anomaly(series(), 0.9, AnomalyStatus.OPEN);
        List<Long> before = feed.position().await().indefinitely();
        assertEquals(tick, before.get(shard));
        commit(lease, tick + 1, List.of(one, other));
        commit(lease, tick + 2, List.of());
        commit(lease, tick + 3, List.of(one));
        store().release(lease);
        List<AnomalyFeed.Change> all = after(feed, Optional.empty(), before, 100);
        assertEquals(
                List.of(tick + 1, tick + 3), all.stream().map(AnomalyFeed.Change::tick).toList());
        assertEquals(2, all.getFirst().anomalies().size());
        List<AnomalyFeed.Change> its =
                after(feed, Optional.of(other.place().tenant()), before, 100);
        assertEquals(
                List.of(List.of(other.id())),
                its.stream()
                        .map(change -> change.anomalies().stream().map(Anomaly::id).toList())
                        .toList());
        assertEquals(1, after(feed, Optional.empty(), before, 1).size());
        assertEquals(tick + 3, feed.position().await().indefinitely().get(shard));
    }

    private void commit(Lease lease, long tick, List<Anomaly> anomalies) {
        TickResult result =
                new TickResult(tick, Watermark.START, anomalies, List.of(), Optional.empty());
        store().commit(lease, result);
    }

    private static List<AnomalyFeed.Change> after(
            AnomalyFeed feed, Optional<TenantId> tenant, List<Long> ticks, int limit) {
        return feed.after(tenant, ticks, limit).await().indefinitely();
    }
}
