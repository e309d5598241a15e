package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Anomalies, read from {@code scoped.anomaly}. */
@ApplicationScoped
public class TimescaleAnomalyQueries implements AnomalyQueries {
    private static final String SELECT =
            "SELECT " + AnomalyRows.COLUMNS + " FROM scoped.anomaly WHERE ";

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
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.addIfPresent("window_end >= ?", filter.from().map(Rows::parameter));
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
        after.ifPresent(place ->
                where.add(
                        "(window_start, id) < (?, ?)",
                        Rows.parameter(place.windowStart()),
                        place.id()));
        String query =
                SELECT
                        + where.clauses()
                        + " ORDER BY window_start DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.list(tenant, query, where.parameters(), AnomalyRows::anomaly);
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
        return tenants.find(
                tenant,
                SELECT + "tenant_id = $1 AND id = $2",
                Tuple.of(tenant.value(), id),
                AnomalyRows::anomaly);
    }
}
