package dev.vedette.timescale;

import dev.vedette.detection.SteppedPoints;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Writes points into a database by the writers of the service and at its rhythm, without waiting
 * for the time to pass; for measuring what they take. Not thread-safe.
 */
public final class StorageFill implements AutoCloseable {
    private final Connection connection;
    private final TenantId tenant;
    private final Map<Long, Integer> shards = new HashMap<>();
    private long seq;
    private long part;

    /** On the database of that owner. */
    public StorageFill(DatabaseUrl owner, TenantId tenant) {
        this.tenant = tenant;
        this.connection = connect(owner);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Makes series of those keys and returns their ids. */
    public long[] series(List<SeriesKey> keys) {
        String insert =
                "INSERT INTO series (tenant_id, key_digest, cluster_id, node_id, metric_name,"
                        + " labels, shard) VALUES (?, ?, ?, ?, ?, '{}', ?) RETURNING series_id";
        long[] ids = new long[keys.size()];
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (int i = 0; i < ids.length; i++) {
                SeriesKey key = keys.get(i);
                ByteBuffer digest = SeriesRows.digest(key);
                byte[] bytes = new byte[digest.remaining()];
                digest.get(bytes);
                new Binder(statement)
                        .set(
                                tenant.value(),
                                bytes,
                                key.clusterId(),
                                key.nodeId(),
                                key.metricName(),
                                Shards.of(key));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    ids[i] = row.getLong(1);
                }
                shards.put(ids[i], Shards.of(key));
            }
            // as the server does itself a minute later
            try (Statement analyze = connection.createStatement()) {
                analyze.execute("ANALYZE series");
            }
            connection.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
        return ids;
    }

    /** The key of a series without labels. */
    public SeriesKey key(String cluster, String node, String metric) {
        return new SeriesKey(tenant, cluster, node, metric, Labels.NONE);
    }

    /**
     * Appends a row to the log for each shard, as a group commit does.
     *
     * @param epochMillis time of the points
     * @param values one for each series
     */
    public void log(long[] ids, long epochMillis, double[] values) {
        String insert =
                "INSERT INTO detection_log (shard, lane, seq, points, payload)"
                        + " VALUES (?, 1, ?, ?, ?)";
        seq++;
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (int shard = 0; shard < Shards.COUNT; shard++) {
                List<Integer> mine = new ArrayList<>();
                for (int i = 0; i < ids.length; i++) {
                    if (shards.getOrDefault(ids[i], -1) == shard) {
                        mine.add(i);
                    }
                }
                int[] ends = new int[mine.size()];
                long[] series = new long[ends.length];
                long[] times = new long[ends.length];
                double[] column = new double[ends.length];
                for (int i = 0; i < ends.length; i++) {
                    series[i] = ids[mine.get(i)];
                    ends[i] = i + 1;
                    times[i] = epochMillis;
                    column[i] = values[mine.get(i)];
                }
                byte[] payload = PackedPoints.pack(new PointBatch(series, ends, times, column));
                new Binder(statement).set(shard, seq, ends.length, payload);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Writes a stretch of points as one checkpoint does.
     *
     * @param values of each series, at equal steps
     */
    public void checkpoint(
            long[] ids, long fromMillis, long stepMillis, int count, IntFunction<double[]> values) {
        List<PointBatch> batches = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            long[] times = new long[count];
            for (int p = 0; p < count; p++) {
                times[p] = fromMillis + p * stepMillis;
            }
            batches.add(
                    new PointBatch(new long[] {ids[i]}, new int[] {count}, times, values.apply(i)));
        }
        try {
            BlockWriter.write(connection, batches, ++part);
            connection.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Merges and rolls up every bucket that is over, and lets the space be used again. */
    public void merge() {
        try {
            while (BlockMerger.merge(connection)) {
                connection.commit();
            }
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE point_block, point_rollup_5m, point_rollup_1h");
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Writes roll-ups of a UTC day at an hour.
     *
     * @param values of each series, one an hour
     */
    public void hours(long[] ids, long dayMillis, IntFunction<double[]> values) {
        RollupWidth width = RollupWidth.HOURLY;
        String insert =
                "INSERT INTO "
                        + width.table()
                        + " SELECT ?, u.id, ?, u.cells"
                        + " FROM unnest(?::bigint[], ?::bytea[]) AS u (id, cells)";
        Long[] series = new Long[ids.length];
        byte[][] cells = new byte[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            SteppedPoints.Builder day = new SteppedPoints.Builder(width.cell());
            double[] column = values.apply(i);
            for (int hour = 0; hour < column.length; hour++) {
                day.add(dayMillis + hour * width.cell(), column[hour]);
            }
            series[i] = ids[i];
            cells[i] = PackedCells.pack(day.build(), width.cell());
        }
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, tenant.value());
            statement.setObject(2, Instant.ofEpochMilli(dayMillis).atOffset(ZoneOffset.UTC));
            statement.setArray(3, connection.createArrayOf("bigint", series));
            statement.setArray(4, connection.createArrayOf("bytea", cells));
            statement.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Bytes of a table with its partitions, indices and what is stored apart. */
    public long bytes(String table) {
        String query =
                "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
                        + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
                        + " AND (c.relname = ? OR starts_with(c.relname, ? || '_'))";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            new Binder(statement).set(table, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A connection as that owner. */
    static Connection connect(DatabaseUrl owner) {
        try {
            return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** What a fill ends with when the database refuses it. */
    static IllegalStateException failed(SQLException cause) {
        return new IllegalStateException("filling failed: " + cause.getMessage(), cause);
    }
}
