package dev.vedette.timescale;

import dev.vedette.alerting.Setting;
import dev.vedette.alerting.SettingStore;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Routes, channels and silences in the table {@code alert_setting}. */
@ApplicationScoped
class TimescaleSettingStore implements SettingStore {
    private static final String COLUMNS = "kind, name, document, revision, changed_by, changed_at";
    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM scoped.alert_setting WHERE tenant_id = $1 AND kind = $2";
    private static final String LIST = SELECT + " AND name > $3 ORDER BY name LIMIT $4";
    private static final String FIND = SELECT + " AND name = $3";
    private static final String COUNT =
            "SELECT count(*) FROM scoped.alert_setting WHERE tenant_id = $1 AND kind = $2";

    // One change of a tenant at a time, so that what was seen and counted is still so.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 7306100))";
    private static final String PUT =
            """
            INSERT INTO scoped.alert_setting AS s
                (tenant_id, kind, name, revision, document, changed_by, changed_at)
            VALUES ($1, $2, $3, nextval('alert_setting_revision'), $4, $5, $6)
            ON CONFLICT (tenant_id, kind, name) DO UPDATE SET revision = excluded.revision,
                document = excluded.document, changed_by = excluded.changed_by,
                changed_at = excluded.changed_at
            RETURNING\
            """
                    + " "
                    + COLUMNS;
    private static final String DELETE =
            "DELETE FROM scoped.alert_setting WHERE tenant_id = $1 AND kind = $2 AND name = $3";

    private final TenantTransaction tenants;

    TimescaleSettingStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Setting>> list(
            TenantId tenant, Setting.Kind kind, Optional<String> after, int limit) {
        Tuple from = Tuple.of(tenant.value(), kind.label(), after.orElse(""), limit);
        return tenants.run(tenant, c -> c.preparedQuery(LIST).execute(from))
                .map(rows -> Rows.all(rows, TimescaleSettingStore::setting));
    }

    @Override
    public Uni<Optional<Setting>> find(TenantId tenant, Setting.Kind kind, String name) {
        return tenants.run(tenant, connection -> find(connection, tenant, kind, name));
    }

    @Override
    public Uni<Outcome> put(TenantId tenant, Change change, OptionalLong expected, int most) {
        return tenants.run(
                tenant,
                connection ->
                        current(connection, tenant, change.kind(), change.name())
                                .chain(current -> {
                                    if (!isSeen(current, expected)) {
                                        return unexpected(current);
                                    }
                                    return current.isPresent()
                                            ? store(connection, tenant, change, false)
                                            : add(connection, tenant, change, most);
                                }));
    }

    private static Uni<Outcome> add(
            SqlConnection connection, TenantId tenant, Change change, int most) {
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.of(tenant.value(), change.kind().label()))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(count ->
                        count >= most
                                ? Uni.createFrom().item(new Outcome.Full(most))
                                : store(connection, tenant, change, true));
    }

    private static Uni<Outcome> store(
            SqlConnection connection, TenantId tenant, Change change, boolean isNew) {
        Tuple row =
                Tuple.of(
                        tenant.value(),
                        change.kind().label(),
                        change.name(),
                        change.document(),
                        change.by(),
                        Rows.parameter(change.at()));
        return connection
                .preparedQuery(PUT)
                .execute(row)
                .map(rows -> new Outcome.Stored(setting(rows.iterator().next()), isNew));
    }

    @Override
    public Uni<Outcome> delete(TenantId tenant, Setting.Kind kind, String name, long expected) {
        return tenants.run(
                tenant,
                connection ->
                        current(connection, tenant, kind, name)
                                .chain(current ->
                                        current.isPresent()
                                                        && isSeen(
                                                                current, OptionalLong.of(expected))
                                                ? connection
                                                        .preparedQuery(DELETE)
                                                        .execute(
                                                                Tuple.of(
                                                                        tenant.value(),
                                                                        kind.label(),
                                                                        name))
                                                        .map(_ ->
                                                                new Outcome.Deleted(current.get()))
                                                : unexpected(current)));
    }

    private static boolean isSeen(Optional<Setting> current, OptionalLong expected) {
        return current.map(setting -> expected.equals(OptionalLong.of(setting.revision())))
                .orElse(expected.isEmpty());
    }

    private static Uni<Outcome> unexpected(Optional<Setting> current) {
        return Uni.createFrom().item(new Outcome.Unexpected(current));
    }

    private static Uni<Optional<Setting>> current(
            SqlConnection connection, TenantId tenant, Setting.Kind kind, String name) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(tenant.value()))
                .chain(() -> find(connection, tenant, kind, name));
    }

    private static Uni<Optional<Setting>> find(
            SqlConnection connection, TenantId tenant, Setting.Kind kind, String name) {
        return connection
                .preparedQuery(FIND)
                .execute(Tuple.of(tenant.value(), kind.label(), name))
                .map(rows -> Rows.first(rows, TimescaleSettingStore::setting));
    }

    private static Setting setting(Row row) {
        return new Setting(
                Setting.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                row.getString("document"),
                row.getLong("revision"),
                row.getString("changed_by"),
                Rows.time(row, "changed_at"));
    }
}
