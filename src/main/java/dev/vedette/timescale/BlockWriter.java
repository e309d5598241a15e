package dev.vedette.timescale;

import dev.vedette.series.PointBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/** Writes points into blocks: one fresh row per series and bucket, by COPY, never an update. */
final class BlockWriter {
    /** Width of a bucket; part of the stored data's meaning. */
    static final long BUCKET_MILLIS = Duration.ofHours(4).toMillis();

    /** Times outside have no place in a timestamptz; admission refuses them long before. */
    private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    private static final String TENANTS =
            "SELECT series_id, tenant_id FROM series WHERE series_id = ANY (?)";
    private static final String DUE =
            """
            INSERT INTO block_due (tenant_id, bucket) VALUES (?, ?)
            ON CONFLICT (tenant_id, bucket) DO UPDATE SET mark = block_due.mark + 1, after_series = 0
            """;

    private BlockWriter() {}

    private record Bucket(String tenant, long start) {}

    /**
     * Writes them as that part. Points of a series that was deleted meanwhile are dropped with it.
     *
     * @param batches in the order sent
     * @param part above the part of every row of the same series written before
     */
    static void write(Connection connection, List<PointBatch> batches, long part)
            throws SQLException {
        RunIndex index = new RunIndex(batches);
        long[] ids = index.ids();
        if (ids.length == 0) {
            return;
        }
        Map<Long, String> tenants = tenants(connection, ids);
        Set<Bucket> touched = new HashSet<>();
        PointMerge points = new PointMerge();
        try (BlockCopy copy = new BlockCopy(connection)) {
            for (int i = 0; i < ids.length; i++) {
                String tenant = tenants.get(ids[i]);
                if (tenant != null) {
                    points.clear();
                    index.collect(i, points);
                    points.order();
                    write(copy, tenant, ids[i], part, points, touched);
                }
            }
            copy.end();
        }
        due(connection, touched);
    }

    private static void write(
            BlockCopy copy,
            String tenant,
            long series,
            long part,
            PointMerge points,
            Set<Bucket> touched)
            throws SQLException {
        int from = 0;
        while (from < points.size()) {
            long bucket = Math.floorDiv(points.time(from), BUCKET_MILLIS) * BUCKET_MILLIS;
            int to = from + 1;
            while (to < points.size() && points.time(to) - bucket < BUCKET_MILLIS) {
                to++;
            }
            if (bucket >= EARLIEST && bucket < LATEST) {
                copy.row(tenant, series, bucket, part, points, from, to);
                touched.add(new Bucket(tenant, bucket));
            }
            from = to;
        }
    }

    private static Map<Long, String> tenants(Connection connection, long[] ids)
            throws SQLException {
        Map<Long, String> tenants = new HashMap<>(2 * ids.length);
        try (PreparedStatement statement = connection.prepareStatement(TENANTS)) {
            statement.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", ids));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tenants.put(row.getLong(1), row.getString(2));
                }
            }
        }
        return tenants;
    }

    private static void due(Connection connection, Set<Bucket> touched) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Bucket[] ordered = touched.toArray(Bucket[]::new);
            Arrays.sort(
                    ordered, Comparator.comparing(Bucket::tenant).thenComparingLong(Bucket::start));
            for (Bucket bucket : ordered) {
                statement.setString(1, bucket.tenant());
                statement.setObject(2, Rows.parameter(bucket.start()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
