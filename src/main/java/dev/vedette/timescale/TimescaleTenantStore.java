package dev.vedette.timescale;

import dev.vedette.http.TenantStore;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Tenants in the table {@code tenant}, which belongs to the platform and to no tenant. */
@ApplicationScoped
public class TimescaleTenantStore implements TenantStore {
    private static final String COLUMNS =
            "tenant_id, name, zone, max_series, max_points_per_second, retention_seconds,"
                    + " created_at";
    // The zone takes effect in detection by the revision of the settings that it is stored with.
    private static final String INSERT =
            "WITH made AS (INSERT INTO tenant ("
                    + COLUMNS
                    + ") VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
                    + " RETURNING tenant_id, zone)"
                    + " INSERT INTO tenant_zone (tenant_id, revision, zone)"
                    + " SELECT tenant_id, scoped.next_settings_revision(), zone FROM made";
    private static final String FIND = "SELECT " + COLUMNS + " FROM tenant WHERE tenant_id = $1";
    private static final String LIST =
            "SELECT " + COLUMNS + " FROM tenant WHERE tenant_id > $1 ORDER BY tenant_id LIMIT $2";
    private static final String UPDATE =
            "UPDATE tenant SET name = $2, zone = $3, max_series = $4, max_points_per_second = $5,"
                    + " retention_seconds = $6 WHERE tenant_id = $1";
    private static final String UPDATE_ZONE =
            "INSERT INTO tenant_zone (tenant_id, revision, zone)"
                    + " SELECT tenant_id, scoped.next_settings_revision(), zone FROM tenant t"
                    + " WHERE tenant_id = $1 AND zone IS DISTINCT FROM (SELECT zone FROM tenant_zone"
                    + " z WHERE z.tenant_id = t.tenant_id ORDER BY revision DESC LIMIT 1)";

    private final WorkerTransaction platform;

    TimescaleTenantStore(WorkerTransaction platform) {
        this.platform = platform;
    }

    @Override
    public Uni<Boolean> insert(Tenant tenant) {
        Tuple row = parameters(tenant).addValue(Rows.parameter(tenant.createdAt()));
        return platform.run(c -> c.preparedQuery(INSERT).execute(row))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Uni<Optional<Tenant>> find(TenantId id) {
        return platform.run(c -> c.preparedQuery(FIND).execute(Tuple.of(id.value())))
                .map(rows -> Rows.first(rows, TimescaleTenantStore::tenant));
    }

    @Override
    public Uni<List<Tenant>> list(Optional<TenantId> after, int limit) {
        Tuple from = Tuple.of(after.map(TenantId::value).orElse(""), limit);
        return platform.run(c -> c.preparedQuery(LIST).execute(from))
                .map(rows -> Rows.all(rows, TimescaleTenantStore::tenant));
    }

    @Override
    public Uni<Boolean> update(Tenant tenant) {
        Tuple id = Tuple.of(tenant.id().value());
        return platform.run(c ->
                c.preparedQuery(UPDATE)
                        .execute(parameters(tenant))
                        .call(() -> c.preparedQuery(UPDATE_ZONE).execute(id))
                        .map(rows -> rows.rowCount() == 1));
    }

    private static Tuple parameters(Tenant tenant) {
        return Tuple.of(
                tenant.id().value(),
                tenant.name(),
                tenant.zone().getId(),
                tenant.limits().maxSeries(),
                tenant.limits().maxPointsPerSecond(),
                tenant.limits().retention().toSeconds());
    }

    private static Tenant tenant(Row row) {
        return new Tenant(
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                new TenantLimits(
                        row.getInteger("max_series"),
                        row.getInteger("max_points_per_second"),
                        Duration.ofSeconds(row.getLong("retention_seconds"))),
                Rows.time(row, "created_at"));
    }
}
