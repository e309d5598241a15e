package dev.vedette.timescale;

import dev.vedette.detection.Checkpoint;
import dev.vedette.detection.Lease;
import dev.vedette.detection.LogRow;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a worker reads and writes of its shards, over JDBC on its own virtual thread. */
@ApplicationScoped
public class TimescaleShardStore implements ShardStore {
    private static final String ACQUIRE =
            """
            UPDATE shard_lease SET
                owner = ?,
                epoch = epoch + CASE WHEN owner IS NOT DISTINCT FROM ? THEN 0 ELSE 1 END,
                expires_at = now() + interval '1 millisecond' * ?
            WHERE shard = ? AND (owner IS NULL OR owner = ? OR expires_at < now())
            RETURNING epoch
            """;
    private static final String RENEW =
            """
            UPDATE shard_lease SET expires_at = now() + interval '1 millisecond' * ?
            WHERE shard = ? AND owner = ? AND epoch = ?
            """;
    // The owner goes with the lease, so that the same process taking it again gets a new epoch.
    private static final String RELEASE =
            """
            UPDATE shard_lease SET owner = NULL, expires_at = '-infinity'
            WHERE shard = ? AND owner = ? AND epoch = ?
            """;
    // Counts the others as they were before the statement, and itself.
    private static final String BEAT =
            """
            WITH beat AS (
                INSERT INTO shard_worker (owner, expires_at)
                VALUES (?, now() + interval '1 millisecond' * ?)
                ON CONFLICT (owner) DO UPDATE SET expires_at = excluded.expires_at
            ), forgotten AS (
                DELETE FROM shard_worker WHERE expires_at < now() - interval '1 hour'
            )
            SELECT 1 + count(*) FROM shard_worker WHERE expires_at >= now() AND owner <> ?
            """;
    private static final String LEAVE = "DELETE FROM shard_worker WHERE owner = ?";
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
    private final Map<String, String> names = new ConcurrentHashMap<>();

    TimescaleShardStore(WorkerTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Optional<Lease> acquire(int shard, String owner, Duration ttl) {
        return transaction.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
                statement.setString(1, owner);
                statement.setString(2, owner);
                statement.setLong(3, ttl.toMillis());
                statement.setInt(4, shard);
                statement.setString(5, owner);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Lease(shard, owner, row.getLong(1)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean renew(Lease lease, Duration ttl) {
        return transaction.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
                statement.setLong(1, ttl.toMillis());
                statement.setInt(2, lease.shard());
                statement.setString(3, lease.owner());
                statement.setLong(4, lease.epoch());
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void release(Lease lease) {
        transaction.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                statement.setInt(1, lease.shard());
                statement.setString(2, lease.owner());
                statement.setLong(3, lease.epoch());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public int beat(String owner, Duration ttl) {
        return transaction.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
                statement.setString(1, owner);
                statement.setLong(2, ttl.toMillis());
                statement.setString(3, owner);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    @Override
    public void leave(String owner) {
        transaction.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
                statement.setString(1, owner);
                return statement.executeUpdate();
            }
        });
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
        return SeriesRows.series(
                shared(row.getString(1)),
                row.getLong(2),
                shared(row.getString(3)),
                shared(row.getString(4)),
                shared(row.getString(5)),
                new JsonObject(row.getString(6)),
                unit(row.getString(7)),
                row.getInt(8));
    }

    // A million series stay in memory and share a few thousand names.
    private String shared(String name) {
        if (names.size() >= MOST_NAMES) {
            names.clear();
        }
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    private @Nullable String unit(@Nullable String unit) {
        return unit == null ? null : shared(unit);
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
