package dev.vedette.timescale;

import dev.vedette.detection.NodeLevels;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The latest levels of nodes in their table. */
final class NodeLevelRows {
    private static final String UPSERT =
            """
            INSERT INTO node_level AS l
                (tenant_id, cluster_id, node_id, bucket, series_ids, means, rates)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, cluster_id, node_id) DO UPDATE
            SET bucket = excluded.bucket, series_ids = excluded.series_ids,
                means = excluded.means, rates = excluded.rates
            WHERE l.bucket <= excluded.bucket
            """;

    private NodeLevelRows() {}

    /** Replaces those of the nodes, unless later ones are known. */
    static void upsert(Connection connection, List<NodeLevels> levels) throws SQLException {
        if (levels.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (NodeLevels one : levels) {
                Binder to = new Binder(statement);
                to.set(one.node().tenant().value(), one.node().clusterId(), one.node().nodeId());
                to.set(one.bucket());
                to.array("int8", one.seriesIds());
                to.array("float4", one.means());
                to.array("float4", one.rates());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
