package dev.vedette.timescale;

import dev.vedette.aggregation.RollupStore.PaymentScore;
import dev.vedette.detection.ScoreBucket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How strange the payments of accounts, and to merchants, were in some buckets. */
final class PaymentScoreRows {
    // So many accounts, and merchants, of one bucket are looked at, the strangest.
    private static final int MOST_PAYERS = 10_000;

    // Payments count in buckets in which one was not simply approved. Each bucket is looked up by
    // itself (OFFSET 0 keeps it so): as a join, all payments there are would be compared with all
    // buckets.
    private static final String SCORES =
            """
            WITH due AS (
                SELECT * FROM unnest(?::text[], ?::timestamptz[]) AS due (tenant_id, bucket)
            ), flagged AS (
                SELECT due.tenant_id, due.bucket, a.*
                FROM due CROSS JOIN LATERAL (
                    SELECT node_id AS account, labels ->> 'merchant' AS merchant,
                        anomaly_score AS score
                    FROM anomaly WHERE tenant_id = due.tenant_id AND source = 'transaction'
                        AND window_start >= due.bucket
                        AND window_start < due.bucket + interval '%1$d seconds'
                    OFFSET 0) a
            ), paid AS (
                SELECT *, 1 AS anomalous FROM flagged
                UNION ALL
                SELECT due.tenant_id, due.bucket, t.*, 0
                FROM (SELECT DISTINCT tenant_id, bucket FROM flagged) due CROSS JOIN LATERAL (
                    SELECT account_id, merchant, score
                    FROM transaction WHERE tenant_id = due.tenant_id AND outcome = 'approve'
                        AND time >= due.bucket AND time < due.bucket + interval '%1$d seconds'
                    OFFSET 0) t
            ), grouped AS (
                SELECT tenant_id, bucket, account, merchant, max(score) AS score,
                    sum(anomalous)::integer AS anomalies
                FROM paid GROUP BY GROUPING SETS ((tenant_id, bucket, account),
                    (tenant_id, bucket, merchant))
            ), ranked AS (
                SELECT *, row_number() OVER (PARTITION BY tenant_id, bucket, account IS NULL
                    ORDER BY anomalies > 0 DESC, score DESC, account, merchant) AS place
                FROM grouped WHERE account IS NOT NULL OR merchant IS NOT NULL
            )
            SELECT tenant_id, bucket, account, merchant, score, anomalies FROM ranked
            WHERE place <= ? ORDER BY account, merchant\
            """
                    .formatted(ScoreBucket.WIDTH.toSeconds());

    private final Map<Place, List<PaymentScore>> accounts = new HashMap<>();
    private final Map<Place, List<PaymentScore>> merchants = new HashMap<>();

    private PaymentScoreRows() {}

    private record Place(String tenant, Instant bucket) {}

    /** Those of the buckets, each of the tenant at the same place of the other list. */
    static PaymentScoreRows read(Connection connection, List<String> tenants, List<Instant> buckets)
            throws SQLException {
        PaymentScoreRows scores = new PaymentScoreRows();
        try (PreparedStatement statement = connection.prepareStatement(SCORES)) {
            Binder to = new Binder(statement);
            to.array("text", tenants.stream());
            to.array("timestamptz", buckets.stream().map(Rows::parameter));
            to.set(MOST_PAYERS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    scores.add(rows);
                }
            }
        }
        return scores;
    }

    private void add(ResultSet rows) throws SQLException {
        Place place = new Place(rows.getString("tenant_id"), Rows.time(rows, "bucket"));
        boolean isAccount = rows.getString("account") != null;
        PaymentScore score =
                new PaymentScore(
                        rows.getString(isAccount ? "account" : "merchant"),
                        rows.getDouble("score"),
                        rows.getInt("anomalies"));
        (isAccount ? accounts : merchants)
                .computeIfAbsent(place, _ -> new ArrayList<>())
                .add(score);
    }

    /** Who paid, by name. */
    List<PaymentScore> accounts(String tenant, Instant bucket) {
        return accounts.getOrDefault(new Place(tenant, bucket), List.of());
    }

    /** Who was paid, by name. */
    List<PaymentScore> merchants(String tenant, Instant bucket) {
        return merchants.getOrDefault(new Place(tenant, bucket), List.of());
    }
}
