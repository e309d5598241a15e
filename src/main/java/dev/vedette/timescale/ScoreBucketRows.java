package dev.vedette.timescale;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.postgresql.PGConnection;

/** Score buckets in their table. */
final class ScoreBucketRows {
    private static final String BUCKET =
            """
            INSERT INTO score_bucket
                (tenant_id, bucket, cluster_id, node_id, series_ids, scores, anomalous)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, bucket, cluster_id, node_id) DO UPDATE
            SET series_ids = excluded.series_ids, scores = excluded.scores,
                anomalous = excluded.anomalous
            """;
    private static final String DUE =
            """
            INSERT INTO rollup_due (tenant_id, bucket) VALUES (?, ?)
            ON CONFLICT (tenant_id, bucket) DO UPDATE SET mark = rollup_due.mark + 1
            """;
    private static final String FIND =
            """
            SELECT b.tenant_id, b.cluster_id, b.node_id, b.bucket, b.series_ids, b.scores,
                b.anomalous
            FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
                AS k (tenant_id, cluster_id, node_id, bucket)
            JOIN score_bucket b USING (tenant_id, cluster_id, node_id, bucket)
            """;

    private ScoreBucketRows() {}

    /** Replaces the rows of those buckets. */
    static void upsert(Connection connection, List<ScoreBucket> buckets) throws SQLException {
        if (buckets.isEmpty()) {
            return;
        }
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement statement = connection.prepareStatement(BUCKET)) {
            for (ScoreBucket bucket : buckets) {
                statement.setString(1, bucket.tenant().value());
                statement.setObject(2, bucket.bucket().atOffset(ZoneOffset.UTC));
                statement.setString(3, bucket.clusterId());
                statement.setString(4, bucket.nodeId());
                statement.setArray(5, arrays.createArrayOf("int8", bucket.seriesIds()));
                statement.setArray(6, arrays.createArrayOf("float4", bucket.scores()));
                statement.setArray(7, arrays.createArrayOf("bool", bucket.anomalous()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private record Due(String tenant, OffsetDateTime bucket) {}

    /** Marks that the roll-ups of those buckets are older than their scores. */
    static void markDue(Connection connection, List<ScoreBucket> buckets) throws SQLException {
        if (buckets.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            // Everybody in the same order, so that two shards cannot wait for each other.
            List<Due> dues =
                    buckets.stream()
                            .map(b ->
                                    new Due(
                                            b.tenant().value(),
                                            b.bucket().atOffset(ZoneOffset.UTC)))
                            .distinct()
                            .sorted(Comparator.comparing(Due::tenant).thenComparing(Due::bucket))
                            .toList();
            for (Due due : dues) {
                statement.setString(1, due.tenant());
                statement.setObject(2, due.bucket());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The stored buckets of those keys. */
    static List<ScoreBucket> find(Connection connection, Collection<ScoreBucket.Key> keys)
            throws SQLException {
        List<ScoreBucket> buckets = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            String[] tenants =
                    keys.stream().map(key -> key.tenant().value()).toArray(String[]::new);
            String[] clusters =
                    keys.stream().map(ScoreBucket.Key::clusterId).toArray(String[]::new);
            String[] nodes = keys.stream().map(ScoreBucket.Key::nodeId).toArray(String[]::new);
            String[] starts =
                    keys.stream().map(key -> key.bucket().toString()).toArray(String[]::new);
            statement.setArray(1, connection.createArrayOf("text", tenants));
            statement.setArray(2, connection.createArrayOf("text", clusters));
            statement.setArray(3, connection.createArrayOf("text", nodes));
            statement.setArray(4, connection.createArrayOf("timestamptz", starts));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    buckets.add(bucket(row));
                }
            }
        }
        return buckets;
    }

    private static ScoreBucket bucket(ResultSet row) throws SQLException {
        Long[] ids = (Long[]) row.getArray(5).getArray();
        Float[] scores = (Float[]) row.getArray(6).getArray();
        Boolean[] anomalous = (Boolean[]) row.getArray(7).getArray();
        long[] seriesIds = new long[ids.length];
        float[] peaks = new float[ids.length];
        boolean[] open = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            seriesIds[i] = ids[i];
            peaks[i] = scores[i];
            open[i] = anomalous[i];
        }
        return new ScoreBucket(
                new TenantId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                seriesIds,
                peaks,
                open);
    }
}
