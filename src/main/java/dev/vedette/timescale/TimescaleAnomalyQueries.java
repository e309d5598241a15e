package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Anomalies, read from {@code scoped.anomaly} and the views of it that have an order. */
@ApplicationScoped
public class TimescaleAnomalyQueries implements AnomalyQueries {
    private static final String FIND =
            "SELECT "
                    + AnomalyRows.COLUMNS
                    + " FROM scoped.anomaly WHERE tenant_id = $1 AND id = $2";

    // Gives rows in the order its definition says: see there why it is not asked for.
    private static final String NEWEST = " FROM scoped.anomaly_newest WHERE ";

    private static final String BEGUN =
            """
            id, window_start, cluster_id, node_id,
            CASE WHEN source <> 'transaction' THEN
                coalesce(series_id, (contributions -> 0 ->> 'series_id')::bigint) END AS lead
            """;

    // As the view scoped.anomaly_long has it.
    private static final Duration LONG = Duration.ofHours(2);

    // Those that began in the window, those that began shortly before it, and of the few long ones
    // those that reach into it. Asked for what ends after a moment, the database would walk through
    // all that is older, or sort all that is newer.
    private static final String OVERLAPPING =
            """
            (SELECTED AND window_start >= FROM_TIME LIMITED)
            UNION ALL
            (SELECTED AND window_start < FROM_TIME AND window_start >= EARLY_TIME
                AND window_end >= FROM_TIME LIMITED)
            UNION ALL
            (SELECTED AND id = ANY (ARRAY(
                SELECT id FROM scoped.anomaly_long
                WHERE tenant_id = $1 AND window_start < EARLY_TIME
                    AND window_end >= FROM_TIME)) LIMITED)\
            """;

    private static final String INCIDENTS =
            """
            SELECT anomaly_id, incident_id FROM scoped.incident_member
            WHERE tenant_id = $1 AND anomaly_id = ANY ($2)\
            """;

    private final TenantTransaction tenants;

    TimescaleAnomalyQueries(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Anomaly>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit) {
        return list(tenant, filter, after, limit, AnomalyRows.COLUMNS, AnomalyRows::anomaly);
    }

    @Override
    public Uni<List<Begun>> begun(TenantId tenant, Filter filter, int limit) {
        return list(
                tenant,
                filter,
                Optional.empty(),
                limit,
                BEGUN,
                row ->
                        new Begun(
                                row.getString("cluster_id"),
                                row.getString("node_id"),
                                Optional.ofNullable(row.getLong("lead"))
                                        .map(id -> new SeriesId(tenant, id)),
                                Rows.time(row, "window_start")));
    }

    private <T> Uni<List<T>> list(
            TenantId tenant,
            Filter filter,
            Optional<Position> after,
            int limit,
            String columns,
            Function<Row, T> read) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.addIfPresent("window_start < ?", filter.to().map(Rows::parameter));
        where.addIfPresent("cluster_id = ?", filter.clusterId());
        where.addIfPresent("node_id = ?", filter.nodeId());
        where.addIfPresent("metric_name = ?", filter.metricName());
        where.addIfPresent("anomaly_label = ?", filter.label().map(label -> label.label()));
        // said, not a parameter: so that the index of the few open ones is taken
        filter.status().ifPresent(status -> where.add("status = '" + status.label() + "'"));
        where.addIfPresent("source = ?", filter.source().map(AnomalySource::label));
        if (filter.minScore() > 0) {
            where.add("anomaly_score >= ?", filter.minScore());
        }
        after.ifPresent(
                place -> where.addBehind("window_start, id", place.windowStart(), place.id()));
        String selected = "SELECT " + columns + NEWEST + where.clauses();
        String limited = " LIMIT " + where.parameter(limit);
        String found =
                filter.from()
                        .map(from -> overlapping(selected, limited, from, where))
                        .orElse(selected + limited);
        String query =
                "SELECT * FROM ("
                        + found
                        + ") AS found ORDER BY window_start DESC, id DESC"
                        + limited;
        return tenants.list(tenant, query, where.parameters(), read);
    }

    private static String overlapping(
            String selected, String limited, Instant from, Conditions where) {
        return OVERLAPPING
                .replace("SELECTED", selected)
                .replace("LIMITED", limited)
                .replace("FROM_TIME", where.parameter(Rows.parameter(from)))
                .replace("EARLY_TIME", where.parameter(Rows.parameter(from.minus(LONG))));
    }

    @Override
    public Uni<Map<UUID, UUID>> incidentsOf(TenantId tenant, Collection<UUID> anomalies) {
        Tuple parameters = Tuple.of(tenant.value(), anomalies.toArray(UUID[]::new));
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(INCIDENTS)
                                .execute(parameters)
                                .map(rows -> {
                                    Map<UUID, UUID> incidents = new HashMap<>();
                                    rows.forEach(row ->
                                            incidents.put(
                                                    row.getUUID("anomaly_id"),
                                                    row.getUUID("incident_id")));
                                    return incidents;
                                }));
    }

    @Override
    public Uni<Optional<Anomaly>> find(TenantId tenant, UUID id) {
        return tenants.find(tenant, FIND, Tuple.of(tenant.value(), id), AnomalyRows::anomaly);
    }
}
