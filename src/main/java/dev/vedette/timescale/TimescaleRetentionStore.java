package dev.vedette.timescale;

import dev.vedette.http.RetentionStore;
import dev.vedette.tenant.RetentionPolicy;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tenants set about retention, in the table {@code tenant_retention}. */
@ApplicationScoped
class TimescaleRetentionStore implements RetentionStore {
    private static final String FIND =
            """
            SELECT points_seconds, fine_rollups_seconds, hourly_rollups_seconds, anomalies_seconds
            FROM scoped.tenant_retention WHERE tenant_id = $1
            """;
    private static final String STORE =
            """
            INSERT INTO scoped.tenant_retention (tenant_id, points_seconds, fine_rollups_seconds,
                hourly_rollups_seconds, anomalies_seconds)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id) DO UPDATE SET points_seconds = excluded.points_seconds,
                fine_rollups_seconds = excluded.fine_rollups_seconds,
                hourly_rollups_seconds = excluded.hourly_rollups_seconds,
                anomalies_seconds = excluded.anomalies_seconds
            """;

    private final TenantTransaction tenants;

    TimescaleRetentionStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<RetentionPolicy> find(TenantId tenant) {
        return tenants.run(
                        tenant,
                        connection ->
                                connection.preparedQuery(FIND).execute(Tuple.of(tenant.value())))
                .map(rows ->
                        Rows.first(rows, TimescaleRetentionStore::policy)
                                .orElse(RetentionPolicy.DEFAULT));
    }

    @Override
    public Uni<RetentionPolicy> store(TenantId tenant, RetentionPolicy policy) {
        Tuple row =
                Tuple.tuple()
                        .addValue(tenant.value())
                        .addValue(seconds(policy.points()))
                        .addValue(seconds(policy.fineRollups()))
                        .addValue(seconds(policy.hourlyRollups()))
                        .addValue(seconds(policy.anomalies()));
        return tenants.run(tenant, connection -> connection.preparedQuery(STORE).execute(row))
                .replaceWith(policy);
    }

    private static RetentionPolicy policy(Row row) {
        return new RetentionPolicy(
                duration(row.getLong(0)),
                duration(row.getLong(1)),
                duration(row.getLong(2)),
                duration(row.getLong(3)));
    }

    private static Optional<Duration> duration(@Nullable Long seconds) {
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }

    private static @Nullable Long seconds(Optional<Duration> duration) {
        return duration.map(Duration::toSeconds).orElse(null);
    }
}
