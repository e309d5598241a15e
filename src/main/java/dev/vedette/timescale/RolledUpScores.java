package dev.vedette.timescale;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreQueries.Question;
import dev.vedette.detection.AnomalySource;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of {@code rollup_score} and {@code rollup_hour}. A day of a large tenant is
 * hundreds of thousands of five-minute rows: which places count is told by the hours that lie in
 * the range as a whole and the five-minute rows at its two ends; then only the rows of these places
 * are read. The answer is the same as that of the five-minute rows alone.
 */
final class RolledUpScores {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    // $1 tenant, $2 from, $3 to, $4 cluster, $5 node, $6 level, $7 from here to $8 by the hour; the
    // score's column is put in for SCORE_COLUMN, which places for PLACE_CONDITION. A start is that
    // of an hour or of five minutes.
    private static final String HOURS_AND_ENDS =
            """
            WITH s AS NOT MATERIALIZED (
                SELECT cluster_id, node_id, hour AS start, num_metrics, num_anomalies,
                    SCORE_COLUMN AS score
                FROM scoped.rollup_hour
                WHERE tenant_id = $1 AND level = $6 AND hour >= $7 AND hour < $8
                    AND PLACE_CONDITION
                UNION ALL
                SELECT cluster_id, node_id, bucket, num_metrics, num_anomalies, SCORE_COLUMN
                FROM scoped.rollup_score
                WHERE tenant_id = $1 AND level = $6 AND bucket >= $2 AND bucket < $7
                    AND PLACE_CONDITION
                UNION ALL
                SELECT cluster_id, node_id, bucket, num_metrics, num_anomalies, SCORE_COLUMN
                FROM scoped.rollup_score
                WHERE tenant_id = $1 AND level = $6 AND bucket >= $8 AND bucket < $3
                    AND PLACE_CONDITION
            )\
            """;

    private static final String PLACE_CONDITION =
            "($4::text IS NULL OR cluster_id = $4) AND ($5::text IS NULL OR node_id = $5) AND ";

    // $9 most places. The worst five minutes lie within an hour of the latest start that has the
    // place's highest score; while retention is at work they may be gone.
    private static final String RANK =
            """
            , top AS MATERIALIZED (
                SELECT cluster_id, node_id, max(score) AS score, max(num_metrics) AS metrics,
                    max(num_anomalies) AS anomalies
                FROM s GROUP BY cluster_id, node_id
                ORDER BY max(score) DESC, max(num_anomalies) DESC, cluster_id, node_id LIMIT $9
            ), latest AS MATERIALIZED (
                SELECT cluster_id, node_id, max(start) AS start
                FROM top JOIN s USING (cluster_id, node_id, score) GROUP BY cluster_id, node_id
            )
            SELECT cluster_id, node_id, NULL AS metric_name, NULL::jsonb AS labels, top.score,
                coalesce(worst.bucket, latest.start) AS bucket, leading_node, leading_metric,
                metrics, anomalies
            FROM top JOIN latest USING (cluster_id, node_id) LEFT JOIN LATERAL (
                SELECT r.bucket, r.leading_node, r.leading_metric FROM scoped.rollup_score r
                WHERE r.tenant_id = $1 AND r.level = $6 AND r.cluster_id = top.cluster_id
                    AND r.node_id = top.node_id AND r.bucket >= latest.start
                    AND r.bucket < latest.start + interval '1 hour'
                    AND r.bucket >= $2 AND r.bucket < $3 AND r.SCORE_COLUMN = top.score
                ORDER BY r.bucket DESC LIMIT 1) AS worst ON true
            ORDER BY top.score DESC, anomalies DESC, cluster_id, node_id\
            """;

    // $9 seconds of a step, $10 most places
    private static final String TOP =
            """
            , top AS MATERIALIZED (
                SELECT cluster_id, node_id, max(score) AS peak FROM s
                GROUP BY cluster_id, node_id ORDER BY peak DESC, cluster_id, node_id LIMIT $10
            )\
            """;

    // OFFSET 0 keeps the planner from joining all rows of the range instead, of which these are
    // few.
    private static final String FIVE_MINUTES =
            """
            CROSS JOIN LATERAL (
                SELECT r.bucket AS start, r.num_anomalies, r.SCORE_COLUMN AS score
                FROM scoped.rollup_score r
                WHERE r.tenant_id = $1 AND r.level = $6 AND r.cluster_id = top.cluster_id
                    AND r.node_id = top.node_id AND r.bucket >= $2 AND r.bucket < $3
                OFFSET 0) AS fine\
            """;

    private static final String LANES =
            """

            SELECT cluster_id, node_id, NULL AS metric_name, NULL::jsonb AS labels,
                floor(extract(epoch FROM start - $2) / $9::bigint)::integer AS bin,
                max(score) AS score, max(num_anomalies) AS anomalies
            FROM top CELLS
            GROUP BY peak, cluster_id, node_id, bin
            ORDER BY peak DESC, cluster_id, node_id, bin\
            """;

    private RolledUpScores() {}

    /** The question's values, $1 to $8. */
    static Tuple values(TenantId tenant, Question question) {
        TimeRange range = question.range();
        Instant first = hour(Math.ceilDiv(range.from().toEpochMilli(), HOUR));
        Instant last = hour(Math.floorDiv(range.to().toEpochMilli(), HOUR));
        boolean hasHours = first.isBefore(last);
        return Tuple.tuple()
                .addString(tenant.value())
                .addOffsetDateTime(Rows.parameter(range.from()))
                .addOffsetDateTime(Rows.parameter(range.to()))
                .addString(question.clusterId().orElse(null))
                .addString(question.nodeId().orElse(null))
                .addString(question.level().label())
                .addOffsetDateTime(Rows.parameter(hasHours ? first : range.to()))
                .addOffsetDateTime(Rows.parameter(hasHours ? last : range.to()));
    }

    /** The query for the strangest places; $9 is how many. */
    static String rank(Question question) {
        return of(question, HOURS_AND_ENDS + RANK);
    }

    /** The query for the scores over time; $9 is the step in seconds, $10 how many places. */
    static String lanes(Question question, Duration step) {
        boolean areHoursWithinSteps =
                question.range().from().toEpochMilli() % HOUR == 0 && step.toMillis() % HOUR == 0;
        String cells = areHoursWithinSteps ? "JOIN s USING (cluster_id, node_id)" : FIVE_MINUTES;
        return of(question, HOURS_AND_ENDS + TOP + LANES.replace("CELLS", cells));
    }

    private static String of(Question question, String sql) {
        return sql.replace("PLACE_CONDITION", PLACE_CONDITION + sourceCondition(question.source()))
                .replace("SCORE_COLUMN", column(question.strategy()));
    }

    private static Instant hour(long number) {
        return Instant.ofEpochMilli(number * HOUR);
    }

    private static String sourceCondition(Optional<AnomalySource> source) {
        return source.map(one ->
                        "cluster_id "
                                + (one == AnomalySource.TRANSACTION ? "= '" : "<> '")
                                + AnomalySource.PAYMENTS
                                + "'")
                .orElse("true");
    }

    private static String column(AggregationStrategy strategy) {
        return switch (strategy) {
            case MAX -> "max_score";
            case MEAN -> "mean_score";
            case WEIGHTED -> "weighted_score";
            case P95 -> "p95_score";
        };
    }
}
