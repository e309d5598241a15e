package dev.vedette.timescale;

import dev.vedette.detection.Checkpoint;
import dev.vedette.detection.Lease;
import dev.vedette.detection.LeaseLostException;
import dev.vedette.detection.TickResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Writes one tick inside a transaction that the caller commits. */
final class TickWriter {
    // A worker that is suspended in the middle must not keep the locks from the one that takes
    // over:
    // the server ends its session. The second bounds a COPY that gets no more data.
    private static final String PATIENCE =
            "SET LOCAL idle_in_transaction_session_timeout = '5s';"
                    + " SET LOCAL statement_timeout = '60s'";
    // Held to the end of the transaction: nobody can take the shard in between.
    private static final String FENCE =
            "SELECT 1 FROM shard_lease WHERE shard = ? AND owner = ? AND epoch = ? FOR UPDATE";
    private static final String TICK =
            """
            INSERT INTO shard_tick (shard, tick, lanes, seqs)
            SELECT ?, ?, ?, ? WHERE ? = 1 + greatest(
                (SELECT max(tick) FROM shard_tick WHERE shard = ?),
                (SELECT tick FROM shard_checkpoint WHERE shard = ?), 0)
            """;
    private static final String CHECKPOINT =
            """
            INSERT INTO shard_checkpoint (shard, tick, lanes, seqs) VALUES (?, ?, ?, ?)
            ON CONFLICT (shard) DO UPDATE
            SET tick = excluded.tick, lanes = excluded.lanes, seqs = excluded.seqs
            """;
    private static final String SNAPSHOT =
            """
            INSERT INTO detector_snapshot (series_id, shard, engine, state, warm_at)
            SELECT series_id, ?, engine, state, to_timestamp(warm_ms / 1000.0)
            FROM unnest(?::bigint[], ?::text[], ?::bytea[], ?::bigint[])
                AS s (series_id, engine, state, warm_ms)
            ON CONFLICT (series_id) DO UPDATE
            SET shard = excluded.shard, engine = excluded.engine, state = excluded.state,
                warm_at = excluded.warm_at
            """;
    private static final int SNAPSHOTS_AT_ONCE = 1_000;

    private TickWriter() {}

    /**
     * Writes all of it.
     *
     * @throws LeaseLostException when the lease no longer holds
     * @throws IllegalStateException when the tick is not the shard's next
     */
    static void write(Connection connection, Lease lease, TickResult tick) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
        }
        fence(connection, lease);
        tick(connection, lease, tick);
        PriorRows.insert(connection, tick.priors());
        AnomalyWriter.upsert(connection, tick.anomalies());
        AnomalyWriter.tell(connection, lease.shard(), tick.tick(), tick.anomalies());
        AnomalyTraces.note(connection, AnomalyTraces.of(tick));
        NodeLevelRows.upsert(connection, tick.levels());
        LatePointRows.note(connection, tick.late());
        ScoreBucketRows.upsert(connection, tick.buckets());
        if (tick.checkpoint().isPresent()) {
            checkpoint(connection, lease, tick, tick.checkpoint().get());
        }
        // Last, as shards of one tenant meet in these rows: their locks are held for the commit
        // only.
        ScoreBucketRows.markDue(connection, tick.buckets());
    }

    private static void fence(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FENCE)) {
            statement.setInt(1, lease.shard());
            statement.setString(2, lease.owner());
            statement.setLong(3, lease.epoch());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new LeaseLostException(lease);
                }
            }
        }
    }

    private static void tick(Connection connection, Lease lease, TickResult tick)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TICK)) {
            statement.setInt(1, lease.shard());
            statement.setLong(2, tick.tick());
            statement.setArray(3, Watermarks.lanes(connection, tick.watermark()));
            statement.setArray(4, Watermarks.seqs(connection, tick.watermark()));
            statement.setLong(5, tick.tick());
            statement.setInt(6, lease.shard());
            statement.setInt(7, lease.shard());
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException(
                        "tick " + tick.tick() + " of shard " + lease.shard() + " is not the next");
            }
        }
    }

    private static void checkpoint(
            Connection connection, Lease lease, TickResult tick, Checkpoint checkpoint)
            throws SQLException {
        List<Checkpoint.Snapshot> snapshots = checkpoint.snapshots();
        for (int from = 0; from < snapshots.size(); from += SNAPSHOTS_AT_ONCE) {
            int to = Math.min(snapshots.size(), from + SNAPSHOTS_AT_ONCE);
            snapshots(connection, lease.shard(), List.copyOf(snapshots.subList(from, to)));
        }
        NodeSnapshotRows.upsert(connection, lease.shard(), checkpoint.nodes());
        BlockWriter.write(connection, checkpoint.points(), tick.tick());
        try (PreparedStatement statement = connection.prepareStatement(CHECKPOINT)) {
            statement.setInt(1, lease.shard());
            statement.setLong(2, tick.tick());
            statement.setArray(3, Watermarks.lanes(connection, tick.watermark()));
            statement.setArray(4, Watermarks.seqs(connection, tick.watermark()));
            statement.executeUpdate();
        }
    }

    private static @Nullable Long[] warmAt(List<Checkpoint.Snapshot> snapshots) {
        @Nullable Long[] warmAt = new Long[snapshots.size()];
        for (int i = 0; i < warmAt.length; i++) {
            OptionalLong at = snapshots.get(i).warmAtMillis();
            warmAt[i] = at.isPresent() ? at.getAsLong() : null;
        }
        return warmAt;
    }

    private static void snapshots(
            Connection connection, int shard, List<Checkpoint.Snapshot> snapshots)
            throws SQLException {
        int count = snapshots.size();
        long[] ids = snapshots.stream().mapToLong(Checkpoint.Snapshot::seriesId).toArray();
        String[] engines =
                snapshots.stream().map(Checkpoint.Snapshot::engine).toArray(String[]::new);
        byte[][] states = new byte[count][];
        IntStream.range(0, count).forEach(i -> states[i] = snapshots.get(i).state());
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement statement = connection.prepareStatement(SNAPSHOT)) {
            statement.setInt(1, shard);
            statement.setArray(2, arrays.createArrayOf("int8", ids));
            statement.setArray(3, arrays.createArrayOf("text", engines));
            statement.setArray(4, arrays.createArrayOf("bytea", states));
            statement.setArray(5, connection.createArrayOf("bigint", warmAt(snapshots)));
            statement.executeUpdate();
        }
    }
}
