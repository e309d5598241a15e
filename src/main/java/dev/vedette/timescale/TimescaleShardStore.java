package dev.vedette.timescale;

import dev.vedette.detection.Checkpoint;
import dev.vedette.detection.Lease;
import dev.vedette.detection.LogRow;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.Siblinghood;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What a worker reads and writes of its shards, over JDBC on its own virtual thread. */
@ApplicationScoped
public class TimescaleShardStore implements ShardStore {
    private static final String CHECKPOINT =
            "SELECT tick, lanes, seqs FROM shard_checkpoint WHERE shard = ?";
    private static final String TICKS =
            "SELECT tick, lanes, seqs FROM shard_tick WHERE shard = ? AND tick > ? ORDER BY tick";
    private static final String SNAPSHOTS =
            """
            SELECT series_id, engine, state FROM detector_snapshot
            WHERE shard = ? AND series_id = ANY (?)
            """;
    private static final String SERIES =
            """
            SELECT tenant_id, series_id, cluster_id, node_id, metric_name, labels, unit, shard
            FROM series WHERE series_id = ANY (?)
            """;

    private static final int MOST_NAMES = 100_000;

    private final WorkerTransaction transaction;
    private final Map<Object, Object> names = new ConcurrentHashMap<>();
    private volatile RenewedLeases renewed = RenewedLeases.none();

    TimescaleShardStore(WorkerTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Optional<Lease> acquire(int shard, String owner, Duration ttl) {
        return transaction.await(connection -> {
            OptionalLong epoch = LeaseRows.SERIES.acquire(connection, shard, owner, ttl);
            return epoch.isPresent()
                    ? Optional.of(new Lease(shard, owner, epoch.getAsLong()))
                    : Optional.empty();
        });
    }

    @Override
    public boolean renew(Lease lease, Duration ttl) {
        return renewed.holds(lease, ttl)
                || transaction.await(connection ->
                        LeaseRows.SERIES.renew(
                                connection, lease.shard(), lease.owner(), lease.epoch(), ttl));
    }

    @Override
    public void release(Lease lease) {
        transaction.await(connection ->
                LeaseRows.SERIES.release(connection, lease.shard(), lease.owner(), lease.epoch()));
    }

    @Override
    public int beat(String owner, Duration ttl) {
        long at = System.nanoTime();
        LeaseRows.Beat beat =
                transaction.await(connection -> LeaseRows.beat(connection, owner, ttl));
        renewed = new RenewedLeases(beat.leases(), at);
        return beat.workers();
    }

    @Override
    public void leave(String owner) {
        transaction.await(connection -> LeaseRows.leave(connection, owner));
    }

    @Override
    public ShardState load(int shard) {
        return transaction.await(connection -> {
            long checkpointTick = 0;
            Watermark checkpoint = Watermark.START;
            try (PreparedStatement statement = connection.prepareStatement(CHECKPOINT)) {
                statement.setInt(1, shard);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        checkpointTick = row.getLong("tick");
                        checkpoint = Watermarks.of(row);
                    }
                }
            }
            List<Watermark> replay = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(TICKS)) {
                statement.setInt(1, shard);
                statement.setLong(2, checkpointTick);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        replay.add(Watermarks.of(row));
                    }
                }
            }
            return new ShardState(
                    checkpointTick + replay.size(),
                    replay.isEmpty() ? checkpoint : replay.getLast(),
                    checkpointTick,
                    checkpoint,
                    List.copyOf(replay));
        });
    }

    @Override
    public Map<Integer, Watermark> newest() {
        return transaction.await(LogReader::newest);
    }

    @Override
    public List<LogRow> read(int shard, Watermark after, Optional<Watermark> upTo, int maxPoints) {
        return transaction.await(connection ->
                upTo.isPresent()
                        ? LogReader.replay(connection, shard, after, upTo.get())
                        : LogReader.live(connection, shard, after, maxPoints));
    }

    @Override
    public Map<Long, Checkpoint.Snapshot> snapshots(int shard, Collection<Long> seriesIds) {
        return transaction.await(connection -> {
            Map<Long, Checkpoint.Snapshot> snapshots = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(SNAPSHOTS)) {
                statement.setInt(1, shard);
                statement.setArray(
                        2, connection.createArrayOf("bigint", seriesIds.toArray(Long[]::new)));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        snapshots.put(
                                row.getLong(1),
                                new Checkpoint.Snapshot(
                                        row.getLong(1), row.getString(2), row.getBytes(3)));
                    }
                }
            }
            return snapshots;
        });
    }

    @Override
    public Map<Long, SeriesPrior> priors(Collection<Long> seriesIds) {
        return transaction.await(connection -> PriorRows.find(connection, seriesIds));
    }

    @Override
    public Map<Siblinghood, List<byte[]>> siblings(Collection<Siblinghood> kinds, int most) {
        return transaction.await(
                connection -> PriorRows.siblings(connection, List.copyOf(kinds), most));
    }

    @Override
    public Map<NodeKey, byte[]> nodeSnapshots(int shard, Collection<NodeKey> nodes) {
        return transaction.await(connection -> NodeSnapshotRows.find(connection, shard, nodes));
    }

    @Override
    public Map<NodeKey, Long> followedNodes(int shard, int most) {
        return transaction.await(connection -> NodeSnapshotRows.followed(connection, shard, most));
    }

    @Override
    public Map<Long, Series> series(Collection<Long> seriesIds) {
        return transaction.await(connection -> {
            Map<Long, Series> series = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(SERIES)) {
                statement.setArray(
                        1, connection.createArrayOf("bigint", seriesIds.toArray(Long[]::new)));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        series.put(row.getLong(2), series(row));
                    }
                }
            }
            return series;
        });
    }

    private Series series(ResultSet row) throws SQLException {
        String labels = row.getString(6);
        SeriesKey key =
                new SeriesKey(
                        shared(new TenantId(row.getString(1))),
                        shared(row.getString(3)),
                        shared(row.getString(4)),
                        shared(row.getString(5)),
                        labels.equals("{}")
                                ? Labels.NONE
                                : SeriesRows.labels(new JsonObject(labels)));
        Optional<String> unit = shared(Optional.ofNullable(row.getString(7)));
        return SeriesRows.series(row.getLong(2), key, unit, row.getInt(8));
    }

    // A million series stay in memory and share a few thousand names.
    @SuppressWarnings("unchecked") // what is equal is of one class here
    private <T> T shared(T name) {
        if (names.size() >= MOST_NAMES) {
            names.clear();
        }
        Object known = names.putIfAbsent(name, name);
        return known == null ? name : (T) known;
    }

    @Override
    public List<ScoreBucket> buckets(Collection<ScoreBucket.Key> keys) {
        return keys.isEmpty()
                ? List.of()
                : transaction.await(connection -> ScoreBucketRows.find(connection, keys));
    }

    @Override
    public void commit(Lease lease, TickResult tick) {
        transaction.await(connection -> {
            TickWriter.write(connection, lease, tick);
            return lease;
        });
    }

    @Override
    public void trim(Lease lease) {
        transaction.await(connection -> {
            LogTrimmer.forgetTicks(connection, lease.shard());
            TimescaleThresholdHistory.forget(connection);
            return lease;
        });
        LogTrimmer.emptySlots(transaction);
    }
}
