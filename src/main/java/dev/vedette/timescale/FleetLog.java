package dev.vedette.timescale;

import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * A fleet written straight into the catalogue and the detection log, for measuring workers without
 * the way in: nodes of one tenant, each with the same metrics, a point of each series a minute. The
 * rows are those that ingestion writes, packed by the same code.
 */
public final class FleetLog implements AutoCloseable {
    private static final int METRICS = 40;
    private static final int NODES_AT_ONCE = 250;
    private static final int POINTS_A_ROW = 20_000;
    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    private static final long STEP_MILLIS = 60_000;

    private static final String CREATE =
            """
            INSERT INTO series (tenant_id, key_digest, cluster_id, node_id, metric_name, labels,
                unit, shard)
            SELECT ?, s.digest, s.cluster, s.node, s.metric, '{}', 'percent', s.shard
            FROM unnest(?::bytea[], ?::text[], ?::text[], ?::text[], ?::int[])
                AS s (digest, cluster, node, metric, shard)
            RETURNING series_id, shard
            """;
    private static final String APPEND =
            "INSERT INTO detection_log (shard, lane, seq, points, payload) VALUES (?, ?, ?, ?, ?)";
    // How far each shard has come in a lane, by its last tick.
    private static final String BEHIND =
            """
            SELECT count(*) FROM unnest(?::int[], ?::bigint[]) AS wanted (shard, seq)
            WHERE wanted.seq > 0 AND wanted.seq > coalesce((
                SELECT seen.seq FROM (
                    (SELECT tick, lanes, seqs FROM shard_tick t WHERE t.shard = wanted.shard
                     ORDER BY tick DESC LIMIT 1)
                    UNION ALL
                    (SELECT tick, lanes, seqs FROM shard_checkpoint c
                     WHERE c.shard = wanted.shard)
                ) last CROSS JOIN LATERAL unnest(last.lanes, last.seqs) AS seen (lane, seq)
                WHERE seen.lane = ? ORDER BY last.tick DESC LIMIT 1), 0)
            """;

    private final Connection connection;
    private final long lane;
    private final long[] seqs = new long[Shards.COUNT];
    private final List<List<Long>> series = new ArrayList<>();
    private final Random random = new Random(1);
    private int minutes;

    private FleetLog(Connection connection, long lane) {
        this.connection = connection;
        this.lane = lane;
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            series.add(new ArrayList<>());
        }
    }

    /**
     * Connects and makes the series.
     *
     * @param owner a login that owns the tables
     * @param tenant which exists
     * @param count how many series, about: whole nodes of {@value #METRICS} metrics
     * @throws IOException when the database refuses
     */
    public static FleetLog create(DatabaseUrl owner, TenantId tenant, int count)
            throws IOException {
        try {
            Connection connection =
                    DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
            connection.setAutoCommit(false);
            try (PreparedStatement next =
                    connection.prepareStatement("SELECT nextval('log_lane')")) {
                try (ResultSet row = next.executeQuery()) {
                    row.next();
                    FleetLog log = new FleetLog(connection, row.getLong(1));
                    log.createSeries(tenant, Math.max(1, count / METRICS));
                    return log;
                }
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private void createSeries(TenantId tenant, int nodes) throws SQLException {
        for (int node = 0; node < nodes; node += NODES_AT_ONCE) {
            createNodes(tenant, node, Math.min(nodes, node + NODES_AT_ONCE));
            connection.commit();
        }
    }

    private void createNodes(TenantId tenant, int from, int to) throws SQLException {
        int count = (to - from) * METRICS;
        byte[][] digests = new byte[count][];
        String[][] names = new String[3][count];
        int[] shards = new int[count];
        for (int i = 0; i < count; i++) {
            int node = from + i / METRICS;
            SeriesKey key =
                    new SeriesKey(
                            tenant,
                            "cluster-" + node / 1000,
                            "node-" + node,
                            "metric_" + i % METRICS,
                            Labels.NONE);
            digests[i] = SeriesRows.buffer(SeriesRows.digest(key)).getBytes();
            names[0][i] = key.clusterId();
            names[1][i] = key.nodeId();
            names[2][i] = key.metricName();
            shards[i] = Shards.of(key);
        }
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement create = connection.prepareStatement(CREATE)) {
            create.setString(1, tenant.value());
            create.setArray(2, arrays.createArrayOf("bytea", digests));
            for (int i = 0; i < names.length; i++) {
                create.setArray(3 + i, arrays.createArrayOf("text", names[i]));
            }
            create.setArray(6, arrays.createArrayOf("int4", shards));
            try (ResultSet row = create.executeQuery()) {
                while (row.next()) {
                    series.get(row.getInt(2)).add(row.getLong(1));
                }
            }
        }
    }

    /** How many series there are. */
    public int size() {
        return series.stream().mapToInt(List::size).sum();
    }

    /**
     * Appends points of every series, and commits.
     *
     * @param count minutes of them: the points of a series stand together
     * @return CPU seconds of this side
     * @throws IOException when the database refuses
     */
    public double append(int count) throws IOException {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        int seriesARow = Math.max(1, POINTS_A_ROW / count);
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            for (int shard = 0; shard < Shards.COUNT; shard++) {
                List<Long> ids = series.get(shard);
                for (int from = 0; from < ids.size(); from += seriesARow) {
                    List<Long> some = ids.subList(from, Math.min(ids.size(), from + seriesARow));
                    append.setInt(1, shard);
                    append.setLong(2, lane);
                    append.setLong(3, ++seqs[shard]);
                    append.setInt(4, some.size() * count);
                    append.setBytes(5, PackedPoints.pack(points(some, count)));
                    append.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw refused(e);
        }
        minutes += count;
        return (threads.getCurrentThreadCpuTime() - before) * 1e-9;
    }

    private PointBatch points(List<Long> ids, int count) {
        int size = ids.size() * count;
        int[] ends = new int[ids.size()];
        long[] times = new long[size];
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            int minute = minutes + i % count;
            times[i] = FIRST_MILLIS + minute * STEP_MILLIS;
            double noise = 2 * random.nextGaussian();
            values[i] = Math.rint((50 + 20 * Math.sin(minute / 229.0) + noise) * 100) / 100;
        }
        Arrays.setAll(ends, i -> (i + 1) * count);
        return new PointBatch(
                ids.stream().mapToLong(Long::longValue).toArray(), ends, times, values);
    }

    /**
     * Whether workers have stored the results of everything that was appended.
     *
     * @throws IOException when the database refuses
     */
    public boolean isJudged() throws IOException {
        Integer[] shards = new Integer[Shards.COUNT];
        Arrays.setAll(shards, i -> i);
        PGConnection arrays;
        try (PreparedStatement behind = connection.prepareStatement(BEHIND)) {
            arrays = connection.unwrap(PGConnection.class);
            behind.setArray(1, connection.createArrayOf("int4", shards));
            behind.setArray(2, arrays.createArrayOf("int8", seqs));
            behind.setLong(3, lane);
            try (ResultSet row = behind.executeQuery()) {
                boolean judged = row.next() && row.getLong(1) == 0;
                connection.commit();
                return judged;
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static IOException refused(SQLException e) {
        return new IOException("the database refuses: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw refused(e);
        }
    }
}
