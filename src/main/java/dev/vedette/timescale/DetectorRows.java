package dev.vedette.timescale;

import dev.vedette.detection.NodeSeen;
import dev.vedette.detection.WarmUp;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the states of a tenant's detectors, and how the answers are read. */
final class DetectorRows {
    static final String ENGINES =
            """
            SELECT engine, count(*) FILTER (WHERE warm_at IS NULL) AS ready,
                count(*) FILTER (WHERE warm_at IS NOT NULL) AS learning
            FROM scoped.detector_state WHERE tenant_id = $1
            GROUP BY engine ORDER BY count(*) DESC, engine
            """;

    static final String LEARNING =
            """
            SELECT s.tenant_id, s.series_id, s.cluster_id, s.node_id, s.metric_name, s.labels,
                s.unit, s.shard, d.engine, d.warm_at
            FROM scoped.detector_state d JOIN scoped.series s USING (tenant_id, series_id)
            WHERE d.tenant_id = $1 AND d.warm_at IS NOT NULL
            ORDER BY d.warm_at DESC, s.series_id LIMIT $2
            """;

    static final String LONGEST_SILENT =
            """
            SELECT cluster_id, node_id, max(bucket) AS bucket FROM scoped.score_bucket
            WHERE tenant_id = $1 AND bucket >= $2
            GROUP BY cluster_id, node_id ORDER BY bucket, cluster_id, node_id LIMIT $3
            """;

    private DetectorRows() {}

    static List<WarmUp.Engine> engines(RowSet<Row> rows) {
        List<WarmUp.Engine> engines = new ArrayList<>();
        for (Row row : rows) {
            engines.add(
                    new WarmUp.Engine(
                            row.getString("engine"),
                            row.getLong("ready"),
                            row.getLong("learning")));
        }
        return engines;
    }

    static List<WarmUp.Learning> learning(RowSet<Row> rows) {
        List<WarmUp.Learning> learning = new ArrayList<>();
        for (Row row : rows) {
            learning.add(
                    new WarmUp.Learning(
                            SeriesRows.series(row),
                            row.getString("engine"),
                            row.getOffsetDateTime("warm_at").toInstant()));
        }
        return learning;
    }

    static List<NodeSeen> seen(RowSet<Row> rows) {
        List<NodeSeen> seen = new ArrayList<>();
        for (Row row : rows) {
            seen.add(
                    new NodeSeen(
                            row.getString("cluster_id"),
                            row.getString("node_id"),
                            row.getOffsetDateTime("bucket").toInstant()));
        }
        return seen;
    }
}
