package dev.vedette.timescale;

import dev.vedette.aggregation.RollupStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rows of {@code rollup_hour}: of each place and hour the highest of what its rows of {@code
 * rollup_score} hold. Made of these again whenever one of them was stored, as scores that are
 * judged anew may be lower than before.
 */
final class RollupHourRows {
    // The outer side is a handful of hours; each reads its stretch of the primary key. A row that
    // would not change is not written.
    private static final String STORE =
            """
            INSERT INTO rollup_hour (tenant_id, level, hour, cluster_id, node_id, max_score,
                mean_score, weighted_score, p95_score, num_metrics, num_anomalies)
            SELECT h.tenant_id, h.level, h.hour, p.*
            FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS h (tenant_id, level, hour)
            CROSS JOIN LATERAL (
                SELECT cluster_id, node_id, max(max_score), max(mean_score), max(weighted_score),
                    max(p95_score), max(num_metrics), max(num_anomalies)
                FROM rollup_score s
                WHERE s.tenant_id = h.tenant_id AND s.level = h.level AND s.bucket >= h.hour
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

    /** An hour of one level of a tenant; in the order of the key. */
    private record Hour(String tenant, String level, Instant start) implements Comparable<Hour> {
        @Override
        public int compareTo(Hour other) {
            int byTenant = tenant.compareTo(other.tenant);
            int byLevel = byTenant == 0 ? level.compareTo(other.level) : byTenant;
            return byLevel == 0 ? start.compareTo(other.start) : byLevel;
        }
    }

    /**
     * Makes the hours of those rows anew, which have to be stored; with the first rows of an hour
     * also the one before, of which a process of an earlier version, still running during an
     * upgrade, may have stored rows.
     */
    static void refresh(Connection connection, List<RollupStore.Row> stored) throws SQLException {
        SortedSet<Hour> hours = new TreeSet<>();
        for (RollupStore.Row row : stored) {
            Instant start = row.bucket().truncatedTo(ChronoUnit.HOURS);
            hours.add(new Hour(row.tenant().value(), row.level().label(), start));
            if (row.bucket().equals(start)) {
                Instant before = start.minus(Duration.ofHours(1));
                hours.add(new Hour(row.tenant().value(), row.level().label(), before));
            }
        }
        if (hours.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            Binder binder = new Binder(statement);
            binder.array("text", column(hours, Hour::tenant));
            binder.array("text", column(hours, Hour::level));
            binder.array("timestamptz", column(hours, Hour::start));
            statement.executeUpdate();
        }
    }

    private static Stream<Object> column(SortedSet<Hour> hours, Function<Hour, Object> part) {
        return hours.stream().map(part);
    }
}
