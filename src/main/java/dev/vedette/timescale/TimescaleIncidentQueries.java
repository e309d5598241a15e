package dev.vedette.timescale;

import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentAction;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Incidents, read from and acted upon through the views {@code scoped.incident…}. */
@ApplicationScoped
class TimescaleIncidentQueries implements IncidentQueries {
    /** Where an incident stands, of its other columns. */
    static final String STATUS =
            """
            CASE WHEN merged_into IS NOT NULL THEN 'merged'
                WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
                WHEN open = 0 OR resolved_at IS NOT NULL THEN 'resolved'
                WHEN acknowledged_at IS NOT NULL THEN 'acknowledged'
                ELSE 'open' END\
            """;

    private static final String COLUMNS =
            "SELECT *, " + STATUS + " AS status FROM scoped.incident i WHERE ";

    private static final String SYMPTOMS =
            """
            SELECT a.id, a.cluster_id, a.node_id, a.metric_name, a.window_start, a.window_end,
                a.is_open, a.anomaly_score, a.kind, a.source, a.labels ->> 'merchant' AS merchant
            FROM scoped.incident_member m
            JOIN scoped.anomaly a ON a.tenant_id = m.tenant_id AND a.id = m.anomaly_id
            WHERE m.tenant_id = $1 AND m.incident_id = $2
            ORDER BY a.window_start, a.id LIMIT $3\
            """;

    private static final String ACTIONS =
            """
            SELECT at, actor, action, note FROM scoped.incident_action
            WHERE tenant_id = $1 AND incident_id = $2 ORDER BY id LIMIT $3\
            """;

    private static final String NOTE =
            """
            INSERT INTO scoped.incident_action (tenant_id, incident_id, at, actor, action, note)
            SELECT tenant_id, id, $3, $4, $5, $6 FROM scoped.incident
            WHERE tenant_id = $1 AND id = $2\
            """;

    private final TenantTransaction tenants;

    TimescaleIncidentQueries(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Incident>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.addIfPresent("last_at >= ?", filter.from().map(Rows::parameter));
        where.addIfPresent("started_at < ?", filter.to().map(Rows::parameter));
        where.addIfPresent(
                """
                EXISTS (SELECT 1 FROM scoped.incident_member m JOIN scoped.anomaly a
                    ON a.tenant_id = m.tenant_id AND a.id = m.anomaly_id
                    WHERE m.tenant_id = i.tenant_id AND m.incident_id = i.id AND a.cluster_id = ?)\
                """,
                filter.clusterId());
        if (filter.minScore() > 0) {
            where.add("score >= ?", filter.minScore());
        }
        if (filter.status().isEmpty()) {
            where.add("merged_into IS NULL AND withdrawn_at IS NULL");
        } else {
            where.add(
                    STATUS + " = ANY (?)",
                    (Object)
                            filter.status().stream()
                                    .map(IncidentStatus::label)
                                    .toArray(String[]::new));
        }
        after.ifPresent(place -> where.addBehind("started_at, id", place.startedAt(), place.id()));
        String query =
                COLUMNS
                        + where.clauses()
                        + " ORDER BY started_at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.list(tenant, query, where.parameters(), IncidentRows::incident);
    }

    @Override
    public Uni<Optional<Detail>> find(TenantId tenant, UUID id) {
        return tenants.run(
                tenant,
                connection ->
                        read(connection, tenant, id)
                                .chain(found ->
                                        found.isEmpty()
                                                ? Uni.createFrom().item(Optional.empty())
                                                : detail(connection, found.get())));
    }

    private static Uni<Optional<Detail>> detail(SqlConnection connection, Incident incident) {
        Tuple members = Tuple.of(incident.tenant().value(), incident.id(), Detail.MOST_SYMPTOMS);
        Tuple actions = Tuple.of(incident.tenant().value(), incident.id(), Detail.MOST_ACTIONS);
        return connection
                .preparedQuery(SYMPTOMS)
                .execute(members)
                .map(rows -> Rows.all(rows, IncidentRows::symptom))
                .chain(symptoms ->
                        connection
                                .preparedQuery(ACTIONS)
                                .execute(actions)
                                .map(rows -> Rows.all(rows, IncidentRows::action))
                                .map(done -> Optional.of(new Detail(incident, symptoms, done))));
    }

    @Override
    public Uni<Optional<Incident>> act(TenantId tenant, UUID id, IncidentAction action) {
        Tuple note =
                Tuple.from(
                        List.of(
                                tenant.value(),
                                id,
                                Rows.parameter(action.at()),
                                action.actor(),
                                action.kind().label(),
                                action.note()));
        Optional<String> change = change(action.kind());
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(NOTE)
                                .execute(note)
                                .chain(() ->
                                        change.isEmpty()
                                                ? Uni.createFrom().voidItem()
                                                : connection
                                                        .preparedQuery(change.get())
                                                        .execute(parameters(tenant, id, action))
                                                        .replaceWithVoid())
                                .chain(() -> read(connection, tenant, id)));
    }

    private static Tuple parameters(TenantId tenant, UUID id, IncidentAction action) {
        return action.kind() == IncidentAction.Kind.REOPEN
                ? Tuple.of(tenant.value(), id)
                : Tuple.of(tenant.value(), id, Rows.parameter(action.at()), action.actor());
    }

    /** The statement that does it; each changes nothing where it is done already. */
    private static Optional<String> change(IncidentAction.Kind kind) {
        String update = "UPDATE scoped.incident SET version = version + 1, changed_at = now(), ";
        String which = " WHERE tenant_id = $1 AND id = $2 AND ";
        return switch (kind) {
            case ACKNOWLEDGE ->
                    Optional.of(
                            update
                                    + "acknowledged_at = $3, acknowledged_by = $4"
                                    + which
                                    + "acknowledged_at IS NULL");
            case RESOLVE ->
                    Optional.of(
                            update
                                    + "resolved_at = $3, resolved_by = $4"
                                    + which
                                    + "resolved_at IS NULL");
            case REOPEN ->
                    Optional.of(
                            update
                                    + "acknowledged_at = NULL, acknowledged_by = NULL,"
                                    + " resolved_at = NULL, resolved_by = NULL"
                                    + which
                                    + "(acknowledged_at IS NOT NULL OR resolved_at IS NOT NULL)");
            case COMMENT -> Optional.empty();
        };
    }

    private static Uni<Optional<Incident>> read(
            SqlConnection connection, TenantId tenant, UUID id) {
        return connection
                .preparedQuery(COLUMNS + "tenant_id = $1 AND id = $2")
                .execute(Tuple.of(tenant.value(), id))
                .map(rows -> Rows.all(rows, IncidentRows::incident).stream().findFirst());
    }
}
