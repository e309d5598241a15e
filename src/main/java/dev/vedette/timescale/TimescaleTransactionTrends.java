package dev.vedette.timescale;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.TransactionTrends;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Trends over {@code scoped.transaction}: one pass over the newest rows of a range. */
@ApplicationScoped
class TimescaleTransactionTrends implements TransactionTrends {
    private static final int TENTHS = 10;

    private static final String TREND =
            """
            WITH newest AS MATERIALIZED (
                SELECT time, score, outcome, rules FROM scoped.transaction
                WHERE tenant_id = $1 AND time >= $2 AND time < $3 ORDER BY time DESC LIMIT $5
            )
            SELECT 'step' AS what, NULL AS name, NULL AS mode,
                least($4 - 1, floor(extract(epoch FROM time - $2::timestamptz)
                    / extract(epoch FROM $3::timestamptz - $2::timestamptz) * $4))::integer AS index,
                count(*) AS count, count(*) FILTER (WHERE outcome <> 'approve') AS flagged
            FROM newest GROUP BY index
            UNION ALL
            SELECT 'tenth', NULL, NULL, least(9, floor(score * 10))::integer AS index, count(*), 0
            FROM newest GROUP BY index
            UNION ALL
            SELECT 'rule', trace ->> 'rule', trace ->> 'mode', 0, count(*), 0
            FROM newest CROSS JOIN LATERAL jsonb_array_elements(rules) AS trace
            WHERE trace ->> 'answer' = 'true' GROUP BY 2, 3
            ORDER BY 1, 4\
            """;

    private final TenantTransaction tenants;

    TimescaleTransactionTrends(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Trend> read(TenantId tenant, TimeRange range, int steps) {
        Tuple asked =
                Tuple.tuple()
                        .addString(tenant.value())
                        .addOffsetDateTime(Rows.parameter(range.from()))
                        .addOffsetDateTime(Rows.parameter(range.to()))
                        .addInteger(steps)
                        .addInteger(MOST);
        return tenants.list(tenant, TREND, asked, row -> row)
                .map(TimescaleTransactionTrends::trend);
    }

    private static Trend trend(List<Row> rows) {
        List<Step> steps = new ArrayList<>();
        long[] tenths = new long[TENTHS];
        List<Hits> rules = new ArrayList<>();
        long all = 0;
        for (Row row : rows) {
            int index = row.getInteger("index");
            long count = row.getLong("count");
            switch (row.getString("what")) {
                case "step" -> {
                    steps.add(new Step(index, count, row.getLong("flagged")));
                    all += count;
                }
                case "tenth" -> tenths[index] = count;
                default -> rules.add(new Hits(row.getString("name"), row.getString("mode"), count));
            }
        }
        rules.sort(Comparator.comparingLong(Hits::count).reversed().thenComparing(Hits::name));
        return new Trend(all < MOST, steps, tenths, rules);
    }
}
