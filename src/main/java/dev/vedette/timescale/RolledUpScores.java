package dev.vedette.timescale;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
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
 * the range as a whole and the five-minute rows of the rest, which are its two ends and the hours
 * that are still due, as the one that goes on is; then only the rows of these places are read. The
 * answer is the same as that of the five-minute rows alone.
 */
final class RolledUpScores {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    // $1 tenant, $2 from, $3 to, $4 cluster, $5 node, $6 level, $7 from here to $8 by the hour; the
    // score's column is put in for SCORE_COLUMN, which places for PLACE_CONDITION.
    private static final String HOURS_AND_REST =
            """
            WITH due AS MATERIALIZED (
                SELECT hour FROM scoped.rollup_hour_due
                WHERE tenant_id = $1 AND hour >= $7 AND hour < $8
            ), made AS MATERIALIZED (
                SELECT hour FROM generate_series($7, $8 - interval '1 hour', interval '1 hour') AS hour
                WHERE hour <> ALL (ARRAY(SELECT hour FROM due))
            ), rest AS MATERIALIZED (
                SELECT hour AS since, hour + interval '1 hour' AS until FROM due
                UNION ALL
                SELECT * FROM (VALUES ($2::timestamptz, $7), ($8, $3::timestamptz)) AS ends (since, until)
                WHERE since < until
            )\
            """;

    private static final String PLACE_CONDITION =
            "($4::text IS NULL OR cluster_id = $4) AND ($5::text IS NULL OR node_id = $5) AND ";

    // OFFSET 0 here and below keeps the planner from joining all rows of the tenant instead.
    private static final String REST =
            """
            SELECT fine.* FROM rest CROSS JOIN LATERAL (
                SELECT cluster_id, node_id, num_metrics, SCORE_COLUMN AS score
                FROM scoped.rollup_score
                WHERE tenant_id = $1 AND level = $6 AND bucket >= since AND bucket < until
                    AND PLACE_CONDITION
                OFFSET 0) AS fine\
            """;

    // Nobody below this score is among the first $9: that of the last of them by the first of each
    // hour alone. The view has the order, see there.
    private static final String LEAST =
            """
            , least AS MATERIALIZED (
                SELECT coalesce((
                    SELECT max(score) FROM made CROSS JOIN LATERAL (
                        SELECT cluster_id, node_id, SCORE_COLUMN AS score
                        FROM scoped.rollup_hour_strangest AS h
                        WHERE tenant_id = $1 AND level = $6 AND h.hour = made.hour
                            AND PLACE_CONDITION
                        LIMIT $9::integer) AS first
                    GROUP BY cluster_id, node_id
                    ORDER BY max(score) DESC OFFSET $9 - 1 LIMIT 1), 0) AS score)\
            """;

    private static final String NO_LEAST = ", least AS MATERIALIZED (SELECT 0::real AS score)";

    // along the index of each hour
    private static final String STRANGE_HOURS =
            """
            SELECT strange.* FROM made CROSS JOIN LATERAL (
                SELECT cluster_id, node_id, SCORE_COLUMN AS score
                FROM scoped.rollup_hour AS h
                WHERE tenant_id = $1 AND level = $6 AND h.hour = made.hour
                    AND SCORE_COLUMN >= (SELECT score FROM least) AND PLACE_CONDITION
                OFFSET 0) AS strange\
            """;

    private static final String ALL_HOURS =
            """
            SELECT cluster_id, node_id, SCORE_COLUMN AS score FROM scoped.rollup_hour
            WHERE tenant_id = $1 AND level = $6 AND hour >= $7 AND hour < $8
                AND hour <> ALL (ARRAY(SELECT hour FROM due)) AND PLACE_CONDITION\
            """;

    private static final String CANDIDATES =
            """
            , candidate AS MATERIALIZED (
                SELECT cluster_id, node_id, max(score) AS score FROM (
                    WHOLE_HOURS
                    UNION ALL
                    SELECT cluster_id, node_id, score FROM (REST) AS fine
                    WHERE score >= (SELECT score FROM least)) AS s
                GROUP BY cluster_id, node_id
                ORDER BY max(score) DESC FETCH FIRST ($9::integer) ROWS WITH TIES)\
            """;

    private static final String HOURS_OF_PLACE =
            """
            SELECT h.hour AS start, h.num_metrics, h.num_anomalies, h.SCORE_COLUMN AS score,
                h.p95_score
            FROM scoped.rollup_hour AS h
            WHERE h.tenant_id = $1 AND h.level = $6 AND h.cluster_id = place.cluster_id
                AND h.node_id = place.node_id AND h.hour >= $7 AND h.hour < $8
                AND h.hour <> ALL (ARRAY(SELECT hour FROM due))
            UNION ALL
            SELECT fine.* FROM rest CROSS JOIN LATERAL (
                SELECT r.bucket, r.num_metrics, r.num_anomalies, r.SCORE_COLUMN, r.p95_score
                FROM scoped.rollup_score r
                WHERE r.tenant_id = $1 AND r.level = $6 AND r.cluster_id = place.cluster_id
                    AND r.node_id = place.node_id AND r.bucket >= since AND r.bucket < until
                OFFSET 0) AS fine\
            """;

    private static final String FIVE_MINUTES_OF_PLACE =
            """
            SELECT r.bucket AS start, r.num_anomalies, r.SCORE_COLUMN AS score, r.p95_score
            FROM scoped.rollup_score r
            WHERE r.tenant_id = $1 AND r.level = $6 AND r.cluster_id = place.cluster_id
                AND r.node_id = place.node_id AND r.bucket >= $2 AND r.bucket < $3
            OFFSET 0\
            """;

    // $9 most places. The worst five minutes lie within an hour of the latest start that has the
    // place's highest score; while retention is at work they may be gone.
    private static final String RANK =
            """
            , top AS MATERIALIZED (
                SELECT place.*, figures.* FROM candidate AS place CROSS JOIN LATERAL (
                    SELECT max(num_metrics) AS metrics, max(num_anomalies) AS anomalies,
                        max(start) FILTER (WHERE one.score = place.score) AS start
                    FROM (HOURS_OF_PLACE) AS one) AS figures
                ORDER BY place.score DESC, anomalies DESC, cluster_id, node_id LIMIT $9
            )
            SELECT cluster_id, node_id, NULL AS metric_name, NULL::jsonb AS labels, top.score,
                coalesce(worst.bucket, top.start) AS bucket, leading_node, leading_metric,
                metrics, anomalies
            FROM top LEFT JOIN LATERAL (
                SELECT r.bucket, r.leading_node, r.leading_metric FROM scoped.rollup_score r
                WHERE r.tenant_id = $1 AND r.level = $6 AND r.cluster_id = top.cluster_id
                    AND r.node_id = top.node_id AND r.bucket >= top.start
                    AND r.bucket < top.start + interval '1 hour'
                    AND r.bucket >= $2 AND r.bucket < $3 AND r.SCORE_COLUMN = top.score
                ORDER BY r.bucket DESC LIMIT 1) AS worst ON true
            ORDER BY top.score DESC, anomalies DESC, cluster_id, node_id\
            """;

    // $9 most places, $10 seconds of a step
    private static final String LANES =
            """
            , top AS MATERIALIZED (
                SELECT cluster_id, node_id, score AS peak FROM candidate
                ORDER BY score DESC, cluster_id, node_id LIMIT $9
            )
            SELECT cluster_id, node_id, NULL AS metric_name, NULL::jsonb AS labels,
                floor(extract(epoch FROM start - $2) / $10::bigint)::integer AS bin,
                max(score) AS score, max(num_anomalies) AS anomalies, max(p95_score) AS p95
            FROM top AS place CROSS JOIN LATERAL (CELLS) AS cell
            GROUP BY peak, cluster_id, node_id, bin
            ORDER BY peak DESC, cluster_id, node_id, bin\
            """;

    private static final String SIZES =
            """

            SELECT cluster_id, count(*)::integer AS nodes, sum(metrics)::integer AS metrics FROM (
                SELECT cluster_id, node_id, max(num_metrics) AS metrics FROM (
                    SELECT cluster_id, node_id, num_metrics FROM scoped.rollup_hour
                    WHERE tenant_id = $1 AND level = $6 AND hour >= $7 AND hour < $8
                        AND hour <> ALL (ARRAY(SELECT hour FROM due)) AND PLACE_CONDITION
                    UNION ALL
                    SELECT cluster_id, node_id, num_metrics FROM (REST) AS fine) AS s
                GROUP BY cluster_id, node_id) AS node
            GROUP BY cluster_id ORDER BY cluster_id\
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
        return of(question, candidates(question) + RANK);
    }

    /**
     * The query for the scores over time, and those by P95 beside them; $9 is how many places, $10
     * the step in seconds.
     */
    static String lanes(Question question, Duration step) {
        boolean areHoursWithinSteps =
                question.range().from().toEpochMilli() % HOUR == 0 && step.toMillis() % HOUR == 0;
        String cells = areHoursWithinSteps ? HOURS_OF_PLACE : FIVE_MINUTES_OF_PLACE;
        return of(question, candidates(question) + LANES.replace("CELLS", cells));
    }

    /** The query for the nodes of each cluster. */
    static String sizes(Question question) {
        return of(question, HOURS_AND_REST + SIZES);
    }

    // Hours are in order of their highest scores only; and of few places none is to be left out.
    private static String candidates(Question question) {
        boolean areMany =
                question.level() == ScoreLevel.NODE || question.level() == ScoreLevel.MERCHANT;
        boolean hasOrder = question.strategy() == AggregationStrategy.MAX;
        return areMany && hasOrder
                ? HOURS_AND_REST + LEAST + CANDIDATES.replace("WHOLE_HOURS", STRANGE_HOURS)
                : HOURS_AND_REST + NO_LEAST + CANDIDATES.replace("WHOLE_HOURS", ALL_HOURS);
    }

    private static String of(Question question, String sql) {
        return sql.replace("(REST)", "(" + REST + ")")
                .replace("HOURS_OF_PLACE", HOURS_OF_PLACE)
                .replace("PLACE_CONDITION", PLACE_CONDITION + sourceCondition(question.source()))
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
