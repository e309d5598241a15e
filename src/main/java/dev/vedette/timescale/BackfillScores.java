package dev.vedette.timescale;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the scores a backfill found into the score buckets, node by node, and marks their roll-ups
 * due. Series that were not judged again keep theirs. The buckets of the last hour are left to live
 * detection, which replaces them whole.
 */
final class BackfillScores {
    private static final Duration LIVE = Duration.ofHours(1);
    private static final int FETCH = 200;

    private static final String FOUND =
            """
            SELECT s.cluster_id, s.node_id, f.series_id, f.buckets, f.scores, f.anomalous
            FROM backfill_score f JOIN series s ON s.series_id = f.series_id
            WHERE f.backfill_id = ? ORDER BY s.cluster_id, s.node_id, f.series_id
            """;
    private static final String STORED =
            """
            SELECT bucket, series_ids, scores, anomalous FROM score_bucket
            WHERE tenant_id = ? AND cluster_id = ? AND node_id = ?
                AND bucket >= ? AND bucket < least(?, now() - interval '1 hour')
            ORDER BY bucket FOR UPDATE
            """;
    private static final String EMPTY =
            """
            DELETE FROM score_bucket WHERE tenant_id = ? AND cluster_id = ? AND node_id = ?
                AND bucket = ?
            """;

    private final Connection connection;
    private final Backfill backfill;
    private final TenantId tenant;
    private final Instant live;
    private final Set<Instant> touched = new HashSet<>();

    private BackfillScores(Connection connection, Backfill backfill) {
        this.connection = connection;
        this.backfill = backfill;
        this.tenant = backfill.tenant();
        this.live = Instant.now().minus(LIVE);
    }

    private record Peak(float score, boolean anomalous) {}

    /** One node's part: which of its series were judged again, and their scores. */
    private static final class Node {
        final String clusterId;
        final String nodeId;
        final Set<Long> series = new HashSet<>();
        final SortedMap<Instant, SortedMap<Long, Peak>> buckets = new TreeMap<>();

        Node(String clusterId, String nodeId) {
            this.clusterId = clusterId;
            this.nodeId = nodeId;
        }

        boolean is(String cluster, String node) {
            return clusterId.equals(cluster) && nodeId.equals(node);
        }
    }

    /** Replaces them. */
    static void replace(Connection connection, Backfill backfill) throws SQLException {
        new BackfillScores(connection, backfill).replace();
    }

    private void replace() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOUND)) {
            statement.setFetchSize(FETCH);
            statement.setObject(1, backfill.id());
            try (ResultSet row = statement.executeQuery()) {
                Node node = new Node("", "");
                while (row.next()) {
                    if (!node.is(row.getString(1), row.getString(2))) {
                        store(node);
                        node = new Node(row.getString(1), row.getString(2));
                    }
                    add(row, node);
                }
                store(node);
            }
        }
        List<ScoreBucket> due = new ArrayList<>();
        for (Instant bucket : touched) {
            due.add(
                    new ScoreBucket(
                            tenant, "", "", bucket, new long[0], new float[0], new boolean[0]));
        }
        ScoreBucketRows.markDue(connection, due);
    }

    private void add(ResultSet row, Node node) throws SQLException {
        long series = row.getLong(3);
        node.series.add(series);
        Timestamp[] buckets = (Timestamp[]) row.getArray(4).getArray();
        Float[] scores = (Float[]) row.getArray(5).getArray();
        Boolean[] anomalous = (Boolean[]) row.getArray(6).getArray();
        for (int i = 0; i < buckets.length; i++) {
            Instant bucket = buckets[i].toInstant();
            if (bucket.isBefore(live)) {
                node.buckets
                        .computeIfAbsent(bucket, _ -> new TreeMap<>())
                        .put(series, new Peak(scores[i], anomalous[i]));
            }
        }
    }

    private void store(Node node) throws SQLException {
        if (node.series.isEmpty()) {
            return;
        }
        Set<Instant> stored = keepOthers(node);
        List<ScoreBucket> rows = new ArrayList<>();
        for (Map.Entry<Instant, SortedMap<Long, Peak>> bucket : node.buckets.entrySet()) {
            rows.add(row(node, bucket.getKey(), bucket.getValue()));
            stored.remove(bucket.getKey());
        }
        ScoreBucketRows.upsert(connection, rows);
        rows.forEach(row -> touched.add(row.bucket()));
        remove(node, stored);
    }

    // What other series of the node have in the stored rows stays.
    private Set<Instant> keepOthers(Node node) throws SQLException {
        Set<Instant> stored = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(STORED)) {
            new Binder(statement)
                    .set(
                            tenant.value(),
                            node.clusterId,
                            node.nodeId,
                            Rows.parameter(backfill.request().range().from()),
                            Rows.parameter(backfill.request().range().to()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Instant bucket = row.getTimestamp(1).toInstant();
                    Long[] ids = (Long[]) row.getArray(2).getArray();
                    Float[] scores = (Float[]) row.getArray(3).getArray();
                    Boolean[] anomalous = (Boolean[]) row.getArray(4).getArray();
                    stored.add(bucket);
                    for (int i = 0; i < ids.length; i++) {
                        if (!node.series.contains(ids[i])) {
                            node.buckets
                                    .computeIfAbsent(bucket, _ -> new TreeMap<>())
                                    .put(ids[i], new Peak(scores[i], anomalous[i]));
                        }
                    }
                }
            }
        }
        return stored;
    }

    private void remove(Node node, Set<Instant> empty) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EMPTY)) {
            for (Instant bucket : empty) {
                new Binder(statement)
                        .set(tenant.value(), node.clusterId, node.nodeId, Rows.parameter(bucket));
                statement.addBatch();
                touched.add(bucket);
            }
            statement.executeBatch();
        }
    }

    private ScoreBucket row(Node node, Instant bucket, SortedMap<Long, Peak> peaks) {
        long[] ids = new long[peaks.size()];
        float[] scores = new float[ids.length];
        boolean[] anomalous = new boolean[ids.length];
        int at = 0;
        for (Map.Entry<Long, Peak> peak : peaks.entrySet()) {
            ids[at] = peak.getKey();
            scores[at] = peak.getValue().score();
            anomalous[at++] = peak.getValue().anomalous();
        }
        return new ScoreBucket(tenant, node.clusterId, node.nodeId, bucket, ids, scores, anomalous);
    }
}
