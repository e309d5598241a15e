package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes scores and anomalies that were never judged into a database, by the hundred thousand; for
 * measuring what it takes to show them. Clusters are named {@code cluster-0} and so on, nodes
 * {@code node-0}, every series is of {@code read} metrics. Not thread-safe.
 */
public final class HistoryFill implements AutoCloseable {
    private static final String NODES =
            """
            INSERT INTO rollup_score
            SELECT ?, 'node', b, 'cluster-' || n % ?, 'node-' || n, s, s / 3, s / 2, s * 0.9, ?,
                (s > 0.9)::integer, 'node-' || n, 'metric-' || n % 10
            FROM generate_series(?, ?, interval '5 minutes') AS b,
                generate_series(0, ? - 1) AS n, LATERAL (SELECT (0.001 + 0.999 * power(random(), 8))::real AS s
                    WHERE n >= 0 AND b IS NOT NULL) AS r\
            """;

    private static final String ABOVE =
            """
            INSERT INTO rollup_score
            SELECT tenant_id, '%1$s', bucket, %2$s, '', max(max_score), avg(mean_score),
                avg(weighted_score), max(p95_score), sum(num_metrics), sum(num_anomalies),
                min(leading_node), min(leading_metric)
            FROM rollup_score WHERE level = 'node' GROUP BY tenant_id, bucket%3$s\
            """;

    private static final String HOURS =
            """
            INSERT INTO rollup_hour
            SELECT tenant_id, level, date_trunc('hour', bucket, 'UTC') AS hour, cluster_id, node_id,
                max(max_score), max(mean_score), max(weighted_score), max(p95_score),
                max(num_metrics), max(num_anomalies)
            FROM rollup_score GROUP BY tenant_id, level, hour, cluster_id, node_id\
            """;

    // the newest hour goes on, so it is read by its five minutes
    private static final String DUE =
            """
            INSERT INTO rollup_hour_due
            SELECT tenant_id, max(hour), max(hour) + interval '65 minutes' FROM rollup_hour GROUP BY tenant_id\
            """;

    private static final String SERIES =
            """
            INSERT INTO score_bucket
            SELECT r.tenant_id, r.bucket, r.cluster_id, r.node_id, s.ids,
                array_fill(r.mean_score, ARRAY[cardinality(s.ids)]),
                array_fill(false, ARRAY[cardinality(s.ids)])
            FROM rollup_score r JOIN (
                SELECT cluster_id, node_id, array_agg(series_id ORDER BY series_id) AS ids
                FROM series WHERE tenant_id = ? GROUP BY 1, 2) AS s USING (cluster_id, node_id)
            WHERE r.level = 'node'\
            """;

    private static final String ANOMALIES =
            """
            INSERT INTO anomaly (tenant_id, id, series_id, cluster_id, node_id, metric_name, shard,
                window_start, window_end, peak_at, is_open, points, anomaly_score, anomaly_label,
                kind, magnitude, confidence, severity, explanation, observed, expected, lower,
                upper, engine, engine_version, status, created_at)
            SELECT tenant_id, gen_random_uuid(), series_id, cluster_id, node_id, metric_name, shard,
                at, CASE WHEN i < ? THEN ?::timestamptz ELSE at + interval '10 minutes' END, at,
                i < ?, 10, 0.9, 'spike', 'spike', 0.5, 0.9, 'warning',
                metric_name || ' on ' || node_id || ' rose to 93.1 at 09:10, 34.2 above its usual'
                    || ' 58.9 (52.1 to 65.8); it was back after 10 minutes.',
                93.1, 58.9, 52.1, 65.8, 'ensemble', 1, CASE WHEN i < ? THEN 'open' ELSE 'closed' END,
                at
            FROM (SELECT i, ?::timestamptz - i * (?::interval / ?) AS at,
                    1 + (i::bigint * 7919 %% ?) AS place FROM generate_series(0, ? - 1) AS i) AS a
            JOIN (SELECT *, row_number() OVER (ORDER BY series_id) AS place FROM series
                WHERE tenant_id = ?) AS s USING (place)\
            """
                    .replace("%%", "%");

    private static final String INCIDENTS =
            """
            WITH one AS (
                INSERT INTO incident (tenant_id, id, title, severity, score, origin_cluster,
                    origin_node, origin_metric, origin_since, origin_weight, started_at, last_at,
                    nodes, metrics, anomalies, open)
                SELECT tenant_id, gen_random_uuid(), 'Something on ' || cluster_id, 'warning', 0.9,
                    cluster_id, min(node_id), min(metric_name), min(window_start), 0.5,
                    min(window_start), max(window_end), count(DISTINCT node_id),
                    count(DISTINCT series_id), count(*), count(*) FILTER (WHERE is_open)
                FROM anomaly WHERE tenant_id = ?
                GROUP BY tenant_id, cluster_id, date_bin('1 hour', window_start, 'epoch')
                RETURNING tenant_id, id, origin_cluster, started_at)
            INSERT INTO incident_member
            SELECT a.tenant_id, a.id, one.id FROM anomaly a JOIN one
                ON one.tenant_id = a.tenant_id AND one.origin_cluster = a.cluster_id
                AND date_bin('1 hour', one.started_at, 'epoch')
                    = date_bin('1 hour', a.window_start, 'epoch')\
            """;

    private final Connection connection;
    private final TenantId tenant;

    /** On the database of that owner. */
    public HistoryFill(DatabaseUrl owner, TenantId tenant) {
        this.tenant = tenant;
        connection = StorageFill.connect(owner);
    }

    /**
     * Scores of nodes, their clusters and the tenant, one in five minutes, and of the tenant's
     * series, which have to be there.
     *
     * @param metrics series of a node
     */
    public void scores(int clusters, int nodes, int metrics, Instant from, Instant to) {
        run(NODES, tenant.value(), clusters, metrics, from, to, nodes);
        run(ABOVE.formatted("cluster", "cluster_id", ", cluster_id"));
        run(ABOVE.formatted("tenant", "''", ""));
        run(HOURS);
        run(DUE);
        run(SERIES, tenant.value());
        tidy("rollup_score, rollup_hour, rollup_hour_due, score_bucket");
    }

    /**
     * Anomalies of the tenant's series at equal distances, and their incidents.
     *
     * @param open how many of the newest go on
     */
    public void anomalies(int count, int open, int series, Duration length, Instant to) {
        // what was found long ago has been grouped long ago
        run("ALTER TABLE anomaly DISABLE TRIGGER USER");
        String span = length.toSeconds() + " seconds";
        run(ANOMALIES, open, to, open, open, to, span, count, series, count, tenant.value());
        run("ALTER TABLE anomaly ENABLE TRIGGER USER");
        // the join of the next would be one by one without knowing how many there are
        tidy("anomaly");
        run(INCIDENTS, tenant.value());
        tidy("incident, incident_member");
    }

    private void tidy(String tables) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE " + tables);
        } catch (SQLException e) {
            throw StorageFill.failed(e);
        }
    }

    private void run(String sql, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Binder(statement).set(values);
            statement.execute();
        } catch (SQLException e) {
            throw StorageFill.failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StorageFill.failed(e);
        }
    }
}
