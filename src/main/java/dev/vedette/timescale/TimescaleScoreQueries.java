package dev.vedette.timescale;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScorePlace;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.series.Labels;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores over time: of places from roll-ups, of single series from {@code score_bucket}. */
@ApplicationScoped
class TimescaleScoreQueries implements ScoreQueries {
    /** Scores by series as {@code named}: $2 from, $3 to, $4 cluster, $5 node, $6 metric. */
    static final String BY_SERIES =
            """
            WITH s AS (
                SELECT u.id, b.bucket, u.score, u.anomalous::integer AS anomalous
                FROM scoped.score_bucket b
                CROSS JOIN LATERAL unnest(b.series_ids, b.scores, b.anomalous)
                    AS u (id, score, anomalous)
                WHERE b.tenant_id = $1 AND b.bucket >= $2 AND b.bucket < $3
                    AND ($4::text IS NULL OR b.cluster_id = $4)
                    AND ($5::text IS NULL OR b.node_id = $5)
            ), named AS (
                SELECT s.id, s.bucket, s.score, s.anomalous, n.cluster_id, n.node_id,
                    n.metric_name, n.labels
                FROM s JOIN scoped.series n ON n.tenant_id = $1 AND n.series_id = s.id
                WHERE ($6::text IS NULL OR n.metric_name = $6)
            )\
            """;

    private static final String RANK_SERIES =
            """
            , worst AS (
                SELECT DISTINCT ON (id) * FROM named ORDER BY id, score DESC, bucket DESC
            ), counts AS (
                SELECT id, max(anomalous) AS anomalies FROM named GROUP BY id
            )
            SELECT cluster_id, node_id, metric_name, labels, score, bucket, NULL AS leading_node,
                metric_name AS leading_metric, 1 AS metrics, anomalies
            FROM worst JOIN counts USING (id)
            ORDER BY score DESC, anomalies DESC, cluster_id, node_id, metric_name, id LIMIT $7\
            """;

    private static final String LANES_OF_SERIES =
            """
            , binned AS (
                SELECT id, cluster_id, node_id, metric_name, labels,
                    floor(extract(epoch FROM bucket - $2) / $8::bigint)::integer AS bin,
                    max(score) AS score, max(anomalous) AS anomalies
                FROM named GROUP BY id, cluster_id, node_id, metric_name, labels, bin
            ), top AS (
                SELECT id, max(score) AS peak FROM binned
                GROUP BY id ORDER BY peak DESC, id LIMIT $7
            )
            SELECT cluster_id, node_id, metric_name, labels, bin, score, anomalies
            FROM top JOIN binned USING (id)
            ORDER BY peak DESC, cluster_id, node_id, metric_name, id, bin\
            """;

    // An hour that is due has rows, so nothing newer than all of them is missed.
    private static final String NEWEST =
            """
            SELECT max(bucket) AS bucket FROM scoped.rollup_score
            WHERE tenant_id = $1 AND level = 'tenant' AND bucket >= coalesce((
                SELECT max(hour) FROM scoped.rollup_hour_due WHERE tenant_id = $1), (
                SELECT max(hour) FROM scoped.rollup_hour
                WHERE tenant_id = $1 AND level = 'tenant'))\
            """;

    private final TenantTransaction transactions;

    TimescaleScoreQueries(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<Lane>> lanes(TenantId tenant, Question question, Duration step, int top) {
        int steps = steps(question.range(), step);
        Tuple values = values(tenant, question).addInteger(top).addLong(step.toSeconds());
        String sql =
                question.level() == ScoreLevel.METRIC
                        ? BY_SERIES + LANES_OF_SERIES
                        : RolledUpScores.lanes(question, step);
        return query(tenant, sql, values).map(rows -> lanes(rows, steps));
    }

    @Override
    public Uni<List<Trend>> trends(TenantId tenant, TimeRange range, Duration step, int top) {
        Question clusters = Question.of(ScoreLevel.CLUSTER, AggregationStrategy.MAX, range);
        Tuple values = values(tenant, clusters).addInteger(top).addLong(step.toSeconds());
        return query(tenant, RolledUpScores.lanes(clusters, step), values)
                .map(rows -> trends(rows, steps(range, step)));
    }

    private static int steps(TimeRange range, Duration step) {
        return (int) Math.ceilDiv(range.duration().toMillis(), step.toMillis());
    }

    @Override
    public Uni<List<Ranked>> rank(TenantId tenant, Question question, int top) {
        Tuple values = values(tenant, question).addInteger(top);
        String sql =
                question.level() == ScoreLevel.METRIC
                        ? BY_SERIES + RANK_SERIES
                        : RolledUpScores.rank(question);
        return query(tenant, sql, values)
                .map(rows -> Rows.all(rows, TimescaleScoreQueries::ranked));
    }

    @Override
    public Uni<List<ClusterSize>> sizes(TenantId tenant, TimeRange range) {
        Question nodes = Question.of(ScoreLevel.NODE, AggregationStrategy.MAX, range);
        return transactions.list(
                tenant,
                RolledUpScores.sizes(nodes),
                RolledUpScores.values(tenant, nodes),
                row ->
                        new ClusterSize(
                                row.getString("cluster_id"),
                                row.getInteger("nodes"),
                                row.getInteger("metrics")));
    }

    @Override
    public Uni<Optional<Instant>> newestBucket(TenantId tenant) {
        return query(tenant, NEWEST, Tuple.of(tenant.value()))
                .map(rows -> Rows.optionalTime(rows.iterator().next(), "bucket"));
    }

    private Uni<RowSet<Row>> query(TenantId tenant, String sql, Tuple values) {
        return transactions.run(
                tenant, connection -> connection.preparedQuery(sql).execute(values));
    }

    private static Tuple values(TenantId tenant, Question question) {
        if (question.level() != ScoreLevel.METRIC) {
            return RolledUpScores.values(tenant, question);
        }
        return Tuple.tuple()
                .addString(tenant.value())
                .addOffsetDateTime(Rows.parameter(question.range().from()))
                .addOffsetDateTime(Rows.parameter(question.range().to()))
                .addString(question.clusterId().orElse(null))
                .addString(question.nodeId().orElse(null))
                .addString(question.metricName().orElse(null));
    }

    private static List<Lane> lanes(RowSet<Row> rows, int steps) {
        Map<ScorePlace, Lane> lanes = new LinkedHashMap<>();
        for (Row row : rows) {
            Lane lane = lanes.computeIfAbsent(place(row), place -> emptyLane(place, steps));
            int bin = row.getInteger("bin");
            if (bin >= 0 && bin < steps) {
                lane.scores()[bin] = row.getFloat("score");
                lane.anomalies()[bin] = row.getInteger("anomalies");
            }
        }
        return List.copyOf(lanes.values());
    }

    private static List<Trend> trends(RowSet<Row> rows, int steps) {
        Map<String, Trend> trends = new LinkedHashMap<>();
        for (Row row : rows) {
            Trend trend =
                    trends.computeIfAbsent(
                            row.getString("cluster_id"),
                            id -> new Trend(id, unjudged(steps), unjudged(steps)));
            int bin = row.getInteger("bin");
            if (bin >= 0 && bin < steps) {
                trend.max()[bin] = row.getFloat("score");
                trend.p95()[bin] = row.getFloat("p95");
            }
        }
        return List.copyOf(trends.values());
    }

    private static Lane emptyLane(ScorePlace place, int steps) {
        return new Lane(place, unjudged(steps), new int[steps]);
    }

    private static float[] unjudged(int steps) {
        float[] scores = new float[steps];
        Arrays.fill(scores, Float.NaN);
        return scores;
    }

    private static Ranked ranked(Row row) {
        return new Ranked(
                place(row),
                row.getFloat("score"),
                row.getInteger("metrics"),
                row.getInteger("anomalies"),
                Rows.time(row, "bucket"),
                Optional.ofNullable(row.getString("leading_node")),
                Optional.ofNullable(row.getString("leading_metric")));
    }

    private static ScorePlace place(Row row) {
        return new ScorePlace(
                named(row, "cluster_id"),
                named(row, "node_id"),
                named(row, "metric_name"),
                labels(row.getJsonObject("labels")));
    }

    private static Optional<String> named(Row row, String column) {
        return Optional.ofNullable(row.getString(column)).filter(name -> !name.isEmpty());
    }

    private static Labels labels(@org.jspecify.annotations.Nullable JsonObject json) {
        return json == null ? Labels.NONE : SeriesRows.labels(json);
    }
}
