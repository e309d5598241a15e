package dev.vedette.timescale;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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
        try (PreparedStatement statement = connection.prepareStatement(BUCKET)) {
            for (ScoreBucket bucket : buckets) {
                Binder to = new Binder(statement);
                to.set(bucket.tenant().value(), bucket.bucket());
                to.set(bucket.clusterId(), bucket.nodeId());
                to.array("int8", bucket.seriesIds());
                to.array("float4", bucket.scores());
                to.array("bool", bucket.anomalous());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private record Due(String tenant, Instant bucket) {}

    /** Marks that the roll-up of that bucket is older than its scores. */
    static void markDue(Connection connection, TenantId tenant, Instant bucket)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            new Binder(statement).set(tenant.value(), bucket);
            statement.executeUpdate();
        }
    }

    /** Marks that the roll-ups of those buckets are older than their scores. */
    static void markDue(Connection connection, List<ScoreBucket> buckets) throws SQLException {
        if (buckets.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            // Everybody in the same order, so that two shards cannot wait for each other.
            List<Due> dues =
                    buckets.stream()
                            .map(b -> new Due(b.tenant().value(), b.bucket()))
                            .distinct()
                            .sorted(Comparator.comparing(Due::tenant).thenComparing(Due::bucket))
                            .toList();
            for (Due due : dues) {
                new Binder(statement).set(due.tenant(), due.bucket());
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
            Binder to = new Binder(statement);
            to.array("text", keys.stream().map(key -> key.tenant().value()));
            to.array("text", keys.stream().map(ScoreBucket.Key::clusterId));
            to.array("text", keys.stream().map(ScoreBucket.Key::nodeId));
            to.array("timestamptz", keys.stream().map(ScoreBucket.Key::bucket));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    buckets.add(bucket(row));
                }
            }
        }
        return buckets;
    }

    /** The bucket of a row of {@link #FIND}'s columns. */
    static ScoreBucket bucket(ResultSet row) throws SQLException {
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
                Rows.time(row, 4),
                seriesIds,
                peaks,
                open);
    }
}
