package dev.vedette.timescale;

import dev.vedette.aggregation.WindowRanking;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Rises of series from {@code score_bucket}, in one pass over both ranges. */
@ApplicationScoped
class TimescaleWindowRanking implements WindowRanking {
    // $1 to $6 as of the series' scores; $7 start of the window, $8 most rows
    private static final String RISES =
            TimescaleScoreQueries.BY_SERIES
                    + """
                    , levels AS (
                        SELECT id, cluster_id, node_id, metric_name, labels,
                            max(score) FILTER (WHERE bucket >= $7) AS peak,
                            (array_agg(bucket ORDER BY score DESC, bucket)
                                FILTER (WHERE bucket >= $7))[1] AS peak_at,
                            sqrt(avg(score::float8 * score) FILTER (WHERE bucket >= $7)) AS inside,
                            coalesce(sqrt(avg(score::float8 * score)
                                FILTER (WHERE bucket < $7)), 0) AS before
                        FROM named GROUP BY id, cluster_id, node_id, metric_name, labels
                    ), rises AS (
                        SELECT *, greatest(inside - before, 0) AS rise
                        FROM levels WHERE inside IS NOT NULL
                    )
                    SELECT *, count(*) OVER () AS series,
                        coalesce(rise / nullif(sum(rise) OVER (), 0), 0) AS share,
                        coalesce(sum(rise) OVER (PARTITION BY cluster_id, node_id)
                            / nullif(sum(rise) OVER (), 0), 0) AS node_share,
                        coalesce(sum(rise) OVER (PARTITION BY cluster_id)
                            / nullif(sum(rise) OVER (), 0), 0) AS cluster_share
                    FROM rises
                    ORDER BY rise DESC, peak DESC, cluster_id, node_id, metric_name, id LIMIT $8\
                    """;

    private final TenantTransaction transactions;

    TimescaleWindowRanking(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Ranking> rank(TenantId tenant, Question question, int top) {
        Tuple values =
                Tuple.tuple()
                        .addString(tenant.value())
                        .addOffsetDateTime(Rows.parameter(question.before().from()))
                        .addOffsetDateTime(Rows.parameter(question.window().to()))
                        .addString(question.clusterId().orElse(null))
                        .addString(null)
                        .addString(null)
                        .addOffsetDateTime(Rows.parameter(question.window().from()))
                        .addInteger(top);
        return transactions
                .run(tenant, connection -> connection.preparedQuery(RISES).execute(values))
                .map(rows -> {
                    List<Moved> moved = Rows.all(rows, row -> moved(tenant, row));
                    int series = moved.isEmpty() ? 0 : rows.iterator().next().getInteger("series");
                    return new Ranking(series, moved);
                });
    }

    private static Moved moved(TenantId tenant, Row row) {
        return new Moved(
                new SeriesId(tenant, row.getLong("id")),
                new SeriesKey(
                        tenant,
                        row.getString("cluster_id"),
                        row.getString("node_id"),
                        row.getString("metric_name"),
                        SeriesRows.labels(row.getJsonObject("labels"))),
                row.getFloat("peak"),
                Rows.time(row, "peak_at"),
                row.getDouble("inside"),
                row.getDouble("before"),
                row.getDouble("share"),
                row.getDouble("node_share"),
                row.getDouble("cluster_share"));
    }
}
