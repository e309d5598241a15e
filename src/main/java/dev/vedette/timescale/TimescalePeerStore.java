package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyFeed;
import dev.vedette.detection.NodeLevels;
import dev.vedette.detection.PeerStore;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Levels and comparisons in the tables {@code node_level}, {@code peer_standing}, {@code
 * peer_comparison} and {@code peer_line}.
 */
@ApplicationScoped
class TimescalePeerStore implements PeerStore {
    private static final String DUE =
            """
            SELECT l.tenant_id, l.cluster_id, l.bucket FROM (
                SELECT tenant_id, cluster_id, max(bucket) AS bucket, count(*) AS nodes
                FROM node_level WHERE bucket BETWEEN ? AND ? GROUP BY tenant_id, cluster_id
            ) l LEFT JOIN peer_comparison c USING (tenant_id, cluster_id)
            WHERE l.nodes >= ? AND (c.bucket IS NULL OR c.bucket < l.bucket)
            ORDER BY 1, 2
            """;

    // Another process that is at it holds the row: this one waits, and then finds it done.
    private static final String TAKE =
            """
            INSERT INTO peer_comparison AS c (tenant_id, cluster_id, bucket) VALUES (?, ?, ?)
            ON CONFLICT (tenant_id, cluster_id) DO UPDATE SET bucket = excluded.bucket
            WHERE c.bucket < excluded.bucket
            """;

    private static final String NODES =
            """
            SELECT l.node_id, l.bucket, l.series_ids, l.means, l.rates, s.standing
            FROM node_level l LEFT JOIN peer_standing s USING (tenant_id, cluster_id, node_id)
            WHERE tenant_id = ? AND cluster_id = ? AND node_id > ?
                AND l.bucket BETWEEN ?::timestamptz - interval '%d seconds' AND ?
            ORDER BY node_id LIMIT ?
            """
                    .formatted(ScoreBucket.WIDTH.toSeconds());

    private static final String STAND =
            """
            INSERT INTO peer_standing (tenant_id, cluster_id, node_id, standing)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant_id, cluster_id, node_id) DO UPDATE SET standing = excluded.standing
            """;

    private static final String FORGET =
            "DELETE FROM peer_standing WHERE tenant_id = ? AND cluster_id = ? AND node_id = ?";

    private static final String NEXT = "UPDATE peer_line SET told = told + 1 RETURNING told";

    private static final String FORGET_CHANGES =
            "DELETE FROM anomaly_change WHERE shard = "
                    + AnomalyFeed.LINE_OF_PEERS
                    + " AND changed_at < now() - interval '1 hour'";

    /** An anomaly that began longer ago was told before, as a rule. */
    private static final Duration OPENS_WITHIN = ScoreBucket.WIDTH.multipliedBy(8);

    private final WorkerTransaction transactions;

    TimescalePeerStore(WorkerTransaction transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Due> due(Instant from, Instant to, int leastNodes) {
        return transactions.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DUE)) {
                new Binder(statement).set(from, to, leastNodes);
                List<Due> due = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        TenantId tenant = new TenantId(row.getString(1));
                        due.add(new Due(tenant, row.getString(2), Rows.time(row, 3)));
                    }
                }
                return due;
            }
        });
    }

    @Override
    public boolean compare(Due due, Function<Peers, Found> compare) {
        return transactions.await(connection -> {
            boolean isMine = take(connection, due);
            if (isMine) {
                compareAll(connection, due, compare);
            }
            return isMine;
        });
    }

    private static boolean take(Connection connection, Due due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            new Binder(statement).set(due.tenant().value(), due.clusterId(), due.bucket());
            return statement.executeUpdate() == 1;
        }
    }

    private static void compareAll(Connection connection, Due due, Function<Peers, Found> compare)
            throws SQLException {
        List<Found> found = new ArrayList<>();
        Peers peers = peers(connection, due, "");
        while (!peers.levels().isEmpty()) {
            found.add(compare.apply(peers));
            peers = peers(connection, due, peers.levels().getLast().node().nodeId());
        }
        for (Found one : found) {
            stand(connection, one.standings());
            AnomalyWriter.upsert(connection, one.anomalies());
        }
        List<Anomaly> anomalies = found.stream().flatMap(one -> one.anomalies().stream()).toList();
        if (!anomalies.isEmpty()) {
            AnomalyWriter.tell(connection, AnomalyFeed.LINE_OF_PEERS, next(connection), anomalies);
            markDue(connection, due, anomalies);
        }
    }

    // Of one that opens now all buckets since it began: they were rolled up without it.
    private static void markDue(Connection connection, Due due, List<Anomaly> anomalies)
            throws SQLException {
        Instant first = due.bucket();
        for (Anomaly one : anomalies) {
            Instant start = one.result().windowStart();
            boolean opens = !start.isBefore(due.bucket().minus(OPENS_WITHIN));
            first = opens && start.isBefore(first) ? start : first;
        }
        for (Instant bucket = first;
                !bucket.isAfter(due.bucket());
                bucket = bucket.plus(ScoreBucket.WIDTH)) {
            ScoreBucketRows.markDue(connection, due.tenant(), bucket);
        }
    }

    private static Peers peers(Connection connection, Due due, String after) throws SQLException {
        List<NodeLevels> levels = new ArrayList<>();
        Map<NodeKey, byte[]> standings = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(NODES)) {
            Binder to = new Binder(statement);
            to.set(due.tenant().value(), due.clusterId(), after);
            to.set(due.bucket(), due.bucket(), MOST_NODES);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    NodeKey node = new NodeKey(due.tenant(), due.clusterId(), row.getString(1));
                    levels.add(levels(node, row));
                    byte[] standing = row.getBytes(6);
                    if (standing != null) {
                        standings.put(node, standing);
                    }
                }
            }
        }
        return new Peers(levels, standings);
    }

    private static NodeLevels levels(NodeKey node, ResultSet row) throws SQLException {
        Long[] ids = (Long[]) row.getArray(3).getArray();
        Float[] means = (Float[]) row.getArray(4).getArray();
        Float[] rates = (Float[]) row.getArray(5).getArray();
        long[] seriesIds = new long[ids.length];
        float[] its = new float[ids.length];
        float[] rising = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            seriesIds[i] = ids[i];
            its[i] = means[i];
            rising[i] = rates[i];
        }
        return new NodeLevels(node, Rows.time(row, 2), seriesIds, its, rising);
    }

    private static void stand(Connection connection, Map<NodeKey, byte[]> standings)
            throws SQLException {
        try (PreparedStatement stand = connection.prepareStatement(STAND);
                PreparedStatement forget = connection.prepareStatement(FORGET)) {
            for (Map.Entry<NodeKey, byte[]> one : standings.entrySet()) {
                NodeKey node = one.getKey();
                boolean isForgotten = one.getValue().length == 0;
                PreparedStatement statement = isForgotten ? forget : stand;
                Binder to = new Binder(statement);
                to.set(node.tenant().value(), node.clusterId(), node.nodeId());
                if (!isForgotten) {
                    to.set((Object) one.getValue());
                }
                statement.addBatch();
            }
            stand.executeBatch();
            forget.executeBatch();
        }
    }

    private static long next(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NEXT)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void forgetBefore(Instant bucket) {
        transactions.await(connection -> {
            for (String table : List.of("node_level", "peer_comparison")) {
                try (PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE bucket < ?")) {
                    new Binder(statement).set(bucket);
                    statement.executeUpdate();
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "DELETE FROM peer_standing s WHERE NOT EXISTS (SELECT 1 FROM node_level l"
                                + " WHERE l.tenant_id = s.tenant_id AND l.cluster_id ="
                                + " s.cluster_id AND l.node_id = s.node_id)");
                statement.executeUpdate(FORGET_CHANGES);
            }
            return bucket;
        });
    }
}
