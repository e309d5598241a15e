package dev.vedette.timescale;

import dev.vedette.aggregation.RollupStore;
import dev.vedette.aggregation.ScorePlace;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Roll-ups in the tables {@code rollup_due}, {@code score_bucket}, {@code rollup_score}, {@code
 * rollup_hour_due} and {@code rollup_hour}.
 */
@ApplicationScoped
class TimescaleRollupStore implements RollupStore {
    // Two roll-ups of one bucket at once could store the older one last.
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(7306072)";

    // So many nodes are in memory at a time, of a large tenant one bucket.
    private static final int MOST_NODES = 10_000;

    private static final String DUE =
            """
            SELECT tenant_id, bucket, mark FROM (
                SELECT d.*, sum(n.nodes) OVER (ORDER BY d.bucket DESC, d.tenant_id) - n.nodes
                    AS before
                FROM (SELECT tenant_id, bucket, mark FROM rollup_due
                      ORDER BY bucket DESC, tenant_id LIMIT ?) d
                CROSS JOIN LATERAL (
                    SELECT count(*) AS nodes FROM score_bucket s
                    WHERE s.tenant_id = d.tenant_id AND s.bucket = d.bucket) n
            ) counted WHERE before < ? ORDER BY bucket DESC, tenant_id\
            """;

    private static final String NODES =
            """
            SELECT s.tenant_id, s.cluster_id, s.node_id, s.bucket, s.series_ids, s.scores, s.anomalous
            FROM unnest(?::text[], ?::timestamptz[]) AS due (tenant_id, bucket)
            JOIN score_bucket s ON s.tenant_id = due.tenant_id AND s.bucket = due.bucket
            ORDER BY s.cluster_id, s.node_id\
            """;

    private static final String STORE =
            """
            INSERT INTO rollup_score (tenant_id, level, bucket, cluster_id, node_id, max_score,
                mean_score, weighted_score, p95_score, num_metrics, num_anomalies, leading_node,
                leading_metric)
            SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                ?::real[], ?::real[], ?::real[], ?::real[], ?::integer[], ?::integer[], ?::text[],
                ?::text[])
            ON CONFLICT (tenant_id, level, bucket, cluster_id, node_id) DO UPDATE SET
                max_score = EXCLUDED.max_score, mean_score = EXCLUDED.mean_score,
                weighted_score = EXCLUDED.weighted_score, p95_score = EXCLUDED.p95_score,
                num_metrics = EXCLUDED.num_metrics, num_anomalies = EXCLUDED.num_anomalies,
                leading_node = EXCLUDED.leading_node, leading_metric = EXCLUDED.leading_metric\
            """;

    // Locked in the order in which ticks mark them (as Java compares): a tick and a roll-up that
    // meet
    // on two buckets must not wait for each other.
    private static final String CLEAR =
            """
            WITH done AS (
                SELECT d.tenant_id, d.bucket
                FROM rollup_due d
                JOIN unnest(?::text[], ?::timestamptz[], ?::bigint[]) AS m (tenant_id, bucket, mark)
                    ON d.tenant_id = m.tenant_id AND d.bucket = m.bucket AND d.mark = m.mark
                ORDER BY d.tenant_id COLLATE "C", d.bucket
                FOR UPDATE OF d
            )
            DELETE FROM rollup_due d USING done
            WHERE d.tenant_id = done.tenant_id AND d.bucket = done.bucket\
            """;

    private final WorkerTransaction transactions;

    TimescaleRollupStore(WorkerTransaction transactions) {
        this.transactions = transactions;
    }

    private record Mark(TenantId tenant, Instant bucket, long mark) {}

    private record Place(TenantId tenant, Instant bucket) {}

    @Override
    public int rollUpDue(int most, Function<List<Due>, List<Row>> rollUp) {
        return transactions.await(connection -> {
            if (!isAlone(connection)) {
                return 0;
            }
            List<Mark> marks = marks(connection, most);
            if (!marks.isEmpty()) {
                List<Row> rows = rollUp.apply(due(connection, marks));
                store(connection, rows);
                RollupHourRows.mark(connection, rows);
                clear(connection, marks);
            }
            RollupHourRows.make(connection);
            return marks.size();
        });
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALONE)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static List<Mark> marks(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setInt(1, most);
            statement.setInt(2, MOST_NODES);
            List<Mark> marks = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    marks.add(new Mark(tenant(rows), bucket(rows), rows.getLong("mark")));
                }
            }
            return marks;
        }
    }

    private static List<Due> due(Connection connection, List<Mark> marks) throws SQLException {
        Map<Place, List<ScoreBucket>> nodes = new LinkedHashMap<>();
        marks.forEach(mark -> nodes.put(new Place(mark.tenant, mark.bucket), new ArrayList<>()));
        PeerScoreRows peers =
                PeerScoreRows.read(
                        connection,
                        marks.stream().map(mark -> mark.tenant.value()).toList(),
                        marks.stream().map(Mark::bucket).toList());
        try (PreparedStatement statement = connection.prepareStatement(NODES)) {
            bind(statement, 1, "text", marks.stream().map(mark -> mark.tenant.value()));
            bind(
                    statement,
                    2,
                    "timestamptz",
                    marks.stream().map(mark -> Rows.parameter(mark.bucket)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ScoreBucket node = peers.with(ScoreBucketRows.bucket(rows));
                    nodes.getOrDefault(new Place(node.tenant(), node.bucket()), List.of())
                            .add(node);
                }
            }
        }
        PaymentScoreRows payments =
                PaymentScoreRows.read(
                        connection,
                        marks.stream().map(mark -> mark.tenant.value()).toList(),
                        marks.stream().map(Mark::bucket).toList());
        return nodes.entrySet().stream()
                .map(one -> {
                    TenantId tenant = one.getKey().tenant;
                    Instant bucket = one.getKey().bucket;
                    return new Due(
                            tenant,
                            bucket,
                            one.getValue(),
                            payments.accounts(tenant.value(), bucket),
                            payments.merchants(tenant.value(), bucket));
                })
                .toList();
    }

    private static void store(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            int at = 0;
            bind(statement, ++at, "text", rows.stream().map(row -> row.tenant().value()));
            bind(statement, ++at, "text", rows.stream().map(row -> row.level().label()));
            bind(
                    statement,
                    ++at,
                    "timestamptz",
                    rows.stream().map(row -> Rows.parameter(row.bucket())));
            bind(statement, ++at, "text", places(rows, place -> place.clusterId().orElse("")));
            bind(statement, ++at, "text", places(rows, place -> place.nodeId().orElse("")));
            bind(statement, ++at, "real", rows.stream().map(row -> (float) row.max()));
            bind(statement, ++at, "real", rows.stream().map(row -> (float) row.mean()));
            bind(statement, ++at, "real", rows.stream().map(row -> (float) row.weighted()));
            bind(statement, ++at, "real", rows.stream().map(row -> (float) row.p95()));
            bind(statement, ++at, "integer", rows.stream().map(Row::numMetrics));
            bind(statement, ++at, "integer", rows.stream().map(Row::numAnomalies));
            bind(statement, ++at, "text", rows.stream().map(row -> orNull(row.leadingNode())));
            bind(statement, ++at, "text", rows.stream().map(row -> orNull(row.leadingMetric())));
            statement.executeUpdate();
        }
    }

    private static void clear(Connection connection, List<Mark> marks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
            bind(statement, 1, "text", marks.stream().map(mark -> mark.tenant.value()));
            bind(
                    statement,
                    2,
                    "timestamptz",
                    marks.stream().map(mark -> Rows.parameter(mark.bucket)));
            bind(statement, 3, "bigint", marks.stream().map(Mark::mark));
            statement.executeUpdate();
        }
    }

    private static java.util.stream.Stream<String> places(
            List<Row> rows, Function<ScorePlace, String> part) {
        return rows.stream().map(row -> part.apply(row.place()));
    }

    private static @Nullable String orNull(java.util.Optional<String> text) {
        return text.orElse(null);
    }

    private static void bind(
            PreparedStatement statement,
            int at,
            String type,
            java.util.stream.Stream<? extends @Nullable Object> values)
            throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, values.toArray());
        statement.setArray(at, array);
    }

    private static TenantId tenant(ResultSet rows) throws SQLException {
        return new TenantId(rows.getString("tenant_id"));
    }

    private static Instant bucket(ResultSet rows) throws SQLException {
        return rows.getObject("bucket", OffsetDateTime.class).toInstant();
    }
}
