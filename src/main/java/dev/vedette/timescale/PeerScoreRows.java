package dev.vedette.timescale;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which nodes stood apart from their peers in some buckets. */
final class PeerScoreRows {
    // A metric counts for a day, so an anomaly of more than a week would take one after another.
    private static final String SCORES =
            """
            SELECT due.tenant_id, a.cluster_id, a.node_id, due.bucket, max(a.anomaly_score)
            FROM unnest(?::text[], ?::timestamptz[]) AS due (tenant_id, bucket)
            JOIN anomaly a ON a.tenant_id = due.tenant_id AND a.engine = 'peers'
                AND a.window_start <= due.bucket AND a.window_end >= due.bucket
                AND a.window_start > due.bucket - interval '8 days'
            GROUP BY 1, 2, 3, 4
            """;

    private final Map<ScoreBucket.Key, Float> scores = new HashMap<>();

    private PeerScoreRows() {}

    /** Those of the buckets, each of the tenant at the same place of the other list. */
    static PeerScoreRows read(Connection connection, List<String> tenants, List<Instant> buckets)
            throws SQLException {
        PeerScoreRows found = new PeerScoreRows();
        try (PreparedStatement statement = connection.prepareStatement(SCORES)) {
            Binder to = new Binder(statement);
            to.array("text", tenants.stream());
            to.array("timestamptz", buckets.stream());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ScoreBucket.Key key =
                            new ScoreBucket.Key(
                                    new TenantId(row.getString(1)),
                                    row.getString(2),
                                    row.getString(3),
                                    Rows.time(row, 4));
                    found.scores.put(key, row.getFloat(5));
                }
            }
        }
        return found;
    }

    /** That bucket, with its node as strange as it stood apart. */
    ScoreBucket with(ScoreBucket node) {
        Float score = scores.isEmpty() ? null : scores.get(node.key());
        return score == null ? node : node.withWhole(score);
    }
}
