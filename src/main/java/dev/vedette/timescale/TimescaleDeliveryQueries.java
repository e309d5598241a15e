package dev.vedette.timescale;

import dev.vedette.alerting.Alert;
import dev.vedette.alerting.Delivery;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was told, read through the views {@code scoped.alert…}. */
@ApplicationScoped
class TimescaleDeliveryQueries implements DeliveryQueries {
    private static final String SELECT = "SELECT to_jsonb(d) FROM scoped.alert_delivery d WHERE ";
    private static final String FIND = SELECT + "tenant_id = $1 AND id = $2";
    private static final String ALERTS =
            """
            SELECT to_jsonb(a) FROM scoped.alert a WHERE tenant_id = $1 AND incidents @> ARRAY[$2::uuid]
            ORDER BY since, route LIMIT 100\
            """;
    private static final String REPLAY =
            """
            UPDATE scoped.alert_delivery
            SET state = 'due', attempts = 0, next_at = $3, first_at = NULL, owner = NULL,
                leased_until = NULL, epoch = epoch + 1
            WHERE tenant_id = $1 AND id = $2 AND state <> 'due'\
            """;
    private static final String HEALTH =
            "SELECT * FROM scoped.alert_channel_state WHERE tenant_id = $1";

    private final TenantTransaction tenants;

    TimescaleDeliveryQueries(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Delivery>> list(
            TenantId tenant, Filter filter, Optional<Long> before, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.addIfPresent("incident_id = ?", filter.incident());
        where.addIfPresent("route = ?", filter.route());
        where.addIfPresent("channel = ?", filter.channel());
        where.addIfPresent("state = ?", filter.state().map(Delivery.State::label));
        where.addIfPresent("seq < ?", before);
        String query =
                SELECT + where.clauses() + " ORDER BY seq DESC LIMIT " + where.parameter(limit);
        return tenants.list(tenant, query, where.parameters(), TimescaleDeliveryQueries::delivery);
    }

    @Override
    public Uni<Optional<Delivery>> find(TenantId tenant, UUID id) {
        return tenants.run(tenant, connection -> find(connection, tenant, id));
    }

    private static Uni<Optional<Delivery>> find(
            SqlConnection connection, TenantId tenant, UUID id) {
        return connection
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant.value(), id))
                .map(rows -> Rows.first(rows, TimescaleDeliveryQueries::delivery));
    }

    @Override
    public Uni<List<Alert>> alerts(TenantId tenant, UUID incident) {
        Tuple which = Tuple.of(tenant.value(), incident);
        return tenants.run(tenant, c -> c.preparedQuery(ALERTS).execute(which))
                .map(rows -> Rows.all(rows, row -> AlertRows.alert(row.getJsonObject(0))));
    }

    @Override
    public Uni<Optional<Delivery>> replay(TenantId tenant, UUID id, Instant now) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(REPLAY)
                                .execute(Tuple.of(tenant.value(), id, Rows.parameter(now)))
                                .chain(() -> find(connection, tenant, id)));
    }

    @Override
    public Uni<Map<String, Health>> health(TenantId tenant) {
        return tenants.run(tenant, c -> c.preparedQuery(HEALTH).execute(Tuple.of(tenant.value())))
                .map(rows -> {
                    Map<String, Health> health = new HashMap<>();
                    for (Row row : rows) {
                        health.put(
                                row.getString("channel"),
                                new Health(
                                        Rows.optionalTime(row, "delivered_at"),
                                        Rows.optionalTime(row, "failed_at"),
                                        row.getInteger("failures"),
                                        row.getString("said")));
                    }
                    return health;
                });
    }

    private static Delivery delivery(Row row) {
        return AlertRows.delivery(row.getJsonObject(0));
    }
}
