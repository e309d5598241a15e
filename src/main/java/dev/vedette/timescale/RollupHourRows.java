package dev.vedette.timescale;

import dev.vedette.aggregation.RollupStore;
import dev.vedette.aggregation.ScoreLevel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rows of {@code rollup_hour}: of each place and hour the highest of what its rows of {@code
 * rollup_score} hold. An hour is due in {@code rollup_hour_due} from its first row on, and is made
 * once it is over; a late row makes it due again. Hours that are due are not read. Marks and makes
 * in one transaction at a time: one that stores rows beside would be left out of an hour that is
 * being made, and its mark would find the hour still due.
 */
final class RollupHourRows {
    /** Most hours made at a time: short enough not to keep the newest buckets waiting. */
    private static final int MOST = 10;

    // The last bucket's scores come a moment after the hour is over; of an hour that is over, rows
    // come more than one at a time.
    private static final String MARK =
            """
            INSERT INTO rollup_hour_due (tenant_id, hour, make_at)
            SELECT tenant_id, hour,
                greatest(hour + interval '65 minutes', now() + interval '1 minute')
            FROM unnest(?::text[], ?::timestamptz[]) AS h (tenant_id, hour)
            ON CONFLICT DO NOTHING\
            """;

    // The outer side is a handful of hours; each reads its stretch of the primary key. A row that
    // would not change is not written.
    private static final String MAKE =
            """
            WITH due AS (
                DELETE FROM rollup_hour_due d USING (
                    SELECT tenant_id, hour FROM rollup_hour_due WHERE make_at <= now()
                    ORDER BY make_at LIMIT ?) AS made
                WHERE d.tenant_id = made.tenant_id AND d.hour = made.hour
                RETURNING d.tenant_id, d.hour
            )
            INSERT INTO rollup_hour (tenant_id, level, hour, cluster_id, node_id, max_score,
                mean_score, weighted_score, p95_score, num_metrics, num_anomalies)
            SELECT h.tenant_id, l.level, h.hour, p.*
            FROM due AS h CROSS JOIN unnest(?::text[]) AS l (level)
            CROSS JOIN LATERAL (
                SELECT cluster_id, node_id, max(max_score), max(mean_score), max(weighted_score),
                    max(p95_score), max(num_metrics), max(num_anomalies)
                FROM rollup_score s
                WHERE s.tenant_id = h.tenant_id AND s.level = l.level AND s.bucket >= h.hour
                    AND s.bucket < h.hour + interval '1 hour'
                GROUP BY cluster_id, node_id) AS p
            ON CONFLICT (tenant_id, level, hour, cluster_id, node_id) DO UPDATE SET
                max_score = EXCLUDED.max_score, mean_score = EXCLUDED.mean_score,
                weighted_score = EXCLUDED.weighted_score, p95_score = EXCLUDED.p95_score,
                num_metrics = EXCLUDED.num_metrics, num_anomalies = EXCLUDED.num_anomalies
            WHERE (rollup_hour.max_score, rollup_hour.mean_score, rollup_hour.weighted_score,
                    rollup_hour.p95_score, rollup_hour.num_metrics, rollup_hour.num_anomalies)
                IS DISTINCT FROM (EXCLUDED.max_score, EXCLUDED.mean_score, EXCLUDED.weighted_score,
                    EXCLUDED.p95_score, EXCLUDED.num_metrics, EXCLUDED.num_anomalies)\
            """;

    private RollupHourRows() {}

    /** An hour of a tenant; in the order of the key. */
    private record Hour(String tenant, Instant start) implements Comparable<Hour> {
        @Override
        public int compareTo(Hour other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant == 0 ? start.compareTo(other.start) : byTenant;
        }
    }

    /**
     * Marks the hours of those rows, which are stored in this transaction, as due; with the first
     * rows of an hour also the one before, of which a process of an earlier version, still running
     * during an upgrade, may have stored rows.
     */
    static void mark(Connection connection, List<RollupStore.Row> stored) throws SQLException {
        SortedSet<Hour> hours = new TreeSet<>();
        for (RollupStore.Row row : stored) {
            Instant start = row.bucket().truncatedTo(ChronoUnit.HOURS);
            hours.add(new Hour(row.tenant().value(), start));
            if (row.bucket().equals(start)) {
                hours.add(new Hour(row.tenant().value(), start.minus(Duration.ofHours(1))));
            }
        }
        if (hours.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            Binder binder = new Binder(statement);
            binder.array("text", column(hours, Hour::tenant));
            binder.array("timestamptz", column(hours, Hour::start));
            statement.executeUpdate();
        }
    }

    /** Makes hours that are due and over, those first that have been so for longest. */
    static void make(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE)) {
            Binder binder = new Binder(statement);
            binder.set(MOST);
            binder.array("text", levels());
            statement.executeUpdate();
        }
    }

    private static Stream<String> levels() {
        return Arrays.stream(ScoreLevel.values())
                .filter(level -> level != ScoreLevel.METRIC)
                .map(ScoreLevel::label);
    }

    private static Stream<Object> column(SortedSet<Hour> hours, Function<Hour, Object> part) {
        return hours.stream().map(part);
    }
}
