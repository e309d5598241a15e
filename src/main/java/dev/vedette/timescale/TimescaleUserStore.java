package dev.vedette.timescale;

import dev.vedette.http.User;
import dev.vedette.http.UserStore;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Users in the table {@code app_user}. */
@ApplicationScoped
public class TimescaleUserStore implements UserStore {
    private static final String COLUMNS =
            "tenant_id, name, role, is_disabled, password_hash, created_at";
    private static final String INSERT =
            "INSERT INTO scoped.app_user ("
                    + COLUMNS
                    + ") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    private static final String NAMED =
            "SELECT " + COLUMNS + " FROM app_user WHERE name = $1 ORDER BY tenant_id LIMIT 10";
    private static final String FIND =
            "SELECT " + COLUMNS + " FROM scoped.app_user WHERE tenant_id = $1 AND name = $2";
    private static final String LIST =
            "SELECT "
                    + COLUMNS
                    + " FROM scoped.app_user WHERE tenant_id = $1 AND name > $2"
                    + " ORDER BY name LIMIT $3";
    private static final String UPDATE =
            "UPDATE scoped.app_user SET role = $3, is_disabled = $4, password_hash = $5"
                    + " WHERE tenant_id = $1 AND name = $2";

    private final TenantTransaction tenants;
    private final WorkerTransaction signIn;

    TimescaleUserStore(TenantTransaction tenants, WorkerTransaction signIn) {
        this.tenants = tenants;
        this.signIn = signIn;
    }

    @Override
    public Uni<Boolean> insert(Stored user) {
        Tuple row = parameters(user).addValue(Rows.parameter(user.user().createdAt()));
        return tenants.run(user.user().tenant(), c -> c.preparedQuery(INSERT).execute(row))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Uni<List<Stored>> named(String name) {
        return signIn.run(c -> c.preparedQuery(NAMED).execute(Tuple.of(name)))
                .map(rows -> Rows.all(rows, TimescaleUserStore::stored));
    }

    @Override
    public Uni<Optional<Stored>> find(TenantId tenant, String name) {
        Tuple key = Tuple.of(tenant.value(), name);
        return tenants.run(tenant, c -> c.preparedQuery(FIND).execute(key))
                .map(rows -> Rows.first(rows, TimescaleUserStore::stored));
    }

    @Override
    public Uni<List<User>> list(TenantId tenant, Optional<String> after, int limit) {
        Tuple from = Tuple.of(tenant.value(), after.orElse(""), limit);
        return tenants.run(tenant, c -> c.preparedQuery(LIST).execute(from))
                .map(rows -> Rows.all(rows, row -> stored(row).user()));
    }

    @Override
    public Uni<Boolean> update(Stored user) {
        return tenants.run(
                        user.user().tenant(),
                        c -> c.preparedQuery(UPDATE).execute(parameters(user)))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Tuple parameters(Stored stored) {
        User user = stored.user();
        return Tuple.of(
                user.tenant().value(),
                user.name(),
                user.role().claim(),
                user.isDisabled(),
                stored.passwordHash());
    }

    private static Stored stored(Row row) {
        User user =
                new User(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("name"),
                        Role.ofClaim(row.getString("role")).orElseThrow(),
                        row.getBoolean("is_disabled"),
                        Rows.time(row, "created_at"));
        return new Stored(user, row.getString("password_hash"));
    }
}
