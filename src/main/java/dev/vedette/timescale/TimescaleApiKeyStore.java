package dev.vedette.timescale;

import dev.vedette.http.ApiKey;
import dev.vedette.http.ApiKeyStore;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** API keys in the table {@code api_key}. */
@ApplicationScoped
public class TimescaleApiKeyStore implements ApiKeyStore {
    private static final String COLUMNS =
            "tenant_id, key_id, name, roles, created_by, created_at, expires_at, last_used_at,"
                    + " revoked_at";
    private static final String INSERT =
            "INSERT INTO scoped.api_key ("
                    + COLUMNS
                    + ", hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    private static final String AUTHENTICATE =
            "SELECT " + COLUMNS + ", hash FROM api_key WHERE key_id = $1";
    private static final String FIND =
            "SELECT " + COLUMNS + " FROM scoped.api_key WHERE tenant_id = $1 AND key_id = $2";
    private static final String LIST =
            "SELECT "
                    + COLUMNS
                    + " FROM scoped.api_key WHERE tenant_id = $1 AND key_id > $2"
                    + " ORDER BY key_id LIMIT $3";
    private static final String REVOKE =
            "UPDATE scoped.api_key SET revoked_at = coalesce(revoked_at, $3)"
                    + " WHERE tenant_id = $1 AND key_id = $2";
    private static final String EXPIRE =
            "UPDATE scoped.api_key SET expires_at = least(expires_at, $3)"
                    + " WHERE tenant_id = $1 AND key_id = $2";
    private static final String TOUCH = "UPDATE api_key SET last_used_at = $2 WHERE key_id = $1";

    private final TenantTransaction tenants;
    private final WorkerTransaction authentication;

    TimescaleApiKeyStore(TenantTransaction tenants, WorkerTransaction authentication) {
        this.tenants = tenants;
        this.authentication = authentication;
    }

    @Override
    public Uni<Void> insert(Stored stored) {
        ApiKey key = stored.key();
        Tuple row =
                Tuple.tuple()
                        .addValue(key.tenant().value())
                        .addValue(key.id())
                        .addValue(key.name())
                        .addValue(key.roles().stream().map(Role::claim).toArray(String[]::new))
                        .addValue(key.createdBy())
                        .addValue(Rows.parameter(key.createdAt()))
                        .addValue(Rows.parameter(key.expiresAt()))
                        .addValue(Rows.parameter(key.lastUsedAt()))
                        .addValue(Rows.parameter(key.revokedAt()))
                        .addValue(Buffer.buffer(stored.hash()));
        return tenants.run(key.tenant(), c -> c.preparedQuery(INSERT).execute(row))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Stored>> find(String id) {
        return authentication
                .run(c -> c.preparedQuery(AUTHENTICATE).execute(Tuple.of(id)))
                .map(rows -> Rows.first(rows, TimescaleApiKeyStore::stored));
    }

    @Override
    public Uni<Optional<ApiKey>> find(TenantId tenant, String id) {
        Tuple key = Tuple.of(tenant.value(), id);
        return tenants.run(tenant, c -> c.preparedQuery(FIND).execute(key))
                .map(rows -> Rows.first(rows, TimescaleApiKeyStore::key));
    }

    @Override
    public Uni<List<ApiKey>> list(TenantId tenant, Optional<String> after, int limit) {
        Tuple from = Tuple.of(tenant.value(), after.orElse(""), limit);
        return tenants.run(tenant, c -> c.preparedQuery(LIST).execute(from))
                .map(rows -> Rows.all(rows, TimescaleApiKeyStore::key));
    }

    @Override
    public Uni<Boolean> revoke(TenantId tenant, String id, Instant at) {
        return change(REVOKE, tenant, id, at);
    }

    @Override
    public Uni<Boolean> expire(TenantId tenant, String id, Instant at) {
        return change(EXPIRE, tenant, id, at);
    }

    @Override
    public Uni<Void> touch(String id, Instant at) {
        Tuple use = Tuple.of(id, Rows.parameter(at));
        return authentication.run(c -> c.preparedQuery(TOUCH).execute(use)).replaceWithVoid();
    }

    private Uni<Boolean> change(String statement, TenantId tenant, String id, Instant at) {
        Tuple what = Tuple.of(tenant.value(), id, Rows.parameter(at));
        return tenants.run(tenant, c -> c.preparedQuery(statement).execute(what))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Stored stored(Row row) {
        return new Stored(key(row), ((Buffer) row.getValue("hash")).getBytes());
    }

    private static ApiKey key(Row row) {
        return new ApiKey(
                row.getString("key_id"),
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                Arrays.stream(row.getArrayOfStrings("roles"))
                        .map(claim -> Role.ofClaim(claim).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()),
                row.getString("created_by"),
                Rows.time(row, "created_at"),
                Rows.optionalTime(row, "expires_at"),
                Rows.optionalTime(row, "last_used_at"),
                Rows.optionalTime(row, "revoked_at"));
    }
}
