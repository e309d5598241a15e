package dev.vedette.timescale;

import dev.vedette.detection.Checkpoint;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** States of nodes as wholes in their table. */
final class NodeSnapshotRows {
    private static final String UPSERT =
            """
            INSERT INTO node_snapshot (tenant_id, cluster_id, node_id, shard, state, watch_ms)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, cluster_id, node_id) DO UPDATE
            SET shard = excluded.shard, state = excluded.state, watch_ms = excluded.watch_ms
            """;
    private static final String FIND =
            """
            SELECT s.tenant_id, s.cluster_id, s.node_id, s.state
            FROM unnest(?::text[], ?::text[], ?::text[]) AS k (tenant_id, cluster_id, node_id)
            JOIN node_snapshot s USING (tenant_id, cluster_id, node_id)
            WHERE s.shard = ?
            """;

    private static final String FOLLOWED =
            """
            SELECT tenant_id, cluster_id, node_id, watch_ms FROM node_snapshot
            WHERE shard = ? AND watch_ms IS NOT NULL LIMIT ?
            """;

    /** The state of a node takes some 15 KB. */
    private static final int AT_ONCE = 100;

    private NodeSnapshotRows() {}

    /** Replaces the states of those nodes. */
    static void upsert(Connection connection, int shard, List<Checkpoint.NodeSnapshot> nodes)
            throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        int batched = 0;
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (Checkpoint.NodeSnapshot one : nodes) {
                statement.setString(1, one.node().tenant().value());
                statement.setString(2, one.node().clusterId());
                statement.setString(3, one.node().nodeId());
                statement.setInt(4, shard);
                statement.setBytes(5, one.state());
                OptionalLong watch = one.watchMillis();
                statement.setObject(6, watch.isPresent() ? watch.getAsLong() : null, Types.BIGINT);
                statement.addBatch();
                if (++batched % AT_ONCE == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** The states of those nodes. */
    static Map<NodeKey, byte[]> find(Connection connection, int shard, Collection<NodeKey> nodes)
            throws SQLException {
        Map<NodeKey, byte[]> states = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            bind(statement, 1, nodes, node -> node.tenant().value());
            bind(statement, 2, nodes, NodeKey::clusterId);
            bind(statement, 3, nodes, NodeKey::nodeId);
            statement.setInt(4, shard);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    states.put(node(row), row.getBytes(4));
                }
            }
        }
        return states;
    }

    /** The followed nodes of that shard. */
    static Map<NodeKey, Long> followed(Connection connection, int shard, int most)
            throws SQLException {
        Map<NodeKey, Long> followed = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FOLLOWED)) {
            statement.setInt(1, shard);
            statement.setInt(2, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    followed.put(node(row), row.getLong(4));
                }
            }
        }
        return followed;
    }

    private static NodeKey node(ResultSet row) throws SQLException {
        return new NodeKey(new TenantId(row.getString(1)), row.getString(2), row.getString(3));
    }

    private static void bind(
            PreparedStatement statement,
            int at,
            Collection<NodeKey> nodes,
            Function<NodeKey, String> part)
            throws SQLException {
        String[] texts = nodes.stream().map(part).toArray(String[]::new);
        statement.setArray(at, statement.getConnection().createArrayOf("text", texts));
    }
}
