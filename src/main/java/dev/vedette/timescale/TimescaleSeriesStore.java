package dev.vedette.timescale;

import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of series in the table {@code series}. Finding is one statement. Creating takes the
 * lock of the tenant's row in {@code series_count} first, so that concurrent creators of one tenant
 * take turns and its limit is exact.
 */
@ApplicationScoped
public class TimescaleSeriesStore implements SeriesStore {
    private static final String FIND =
            """
            SELECT key_digest, series_id, unit FROM scoped.series
            WHERE tenant_id = $1 AND key_digest = ANY ($2::bytea[])
            """;
    private static final String LOCK =
            """
            INSERT INTO scoped.series_count AS c (tenant_id, series) VALUES ($1, 0)
            ON CONFLICT (tenant_id) DO UPDATE SET series = c.series RETURNING series
            """;
    private static final String CREATE =
            """
            INSERT INTO scoped.series
                (tenant_id, key_digest, cluster_id, node_id, metric_name, labels, unit, shard)
            SELECT $1, * FROM unnest($2::bytea[], $3::text[], $4::text[], $5::text[], $6::jsonb[],
                $7::text[], $8::int[])
            ON CONFLICT (tenant_id, key_digest) DO NOTHING
            RETURNING key_digest, series_id, unit
            """;
    private static final String COUNT =
            "UPDATE scoped.series_count SET series = series + $2 WHERE tenant_id = $1";
    private static final String SAY_UNIT =
            """
            UPDATE scoped.series AS s SET unit = said.unit
            FROM unnest($2::bigint[], $3::text[]) AS said (series_id, unit)
            WHERE s.tenant_id = $1 AND s.series_id = said.series_id AND s.unit IS NULL
            """;

    private final TenantTransaction tenants;

    TimescaleSeriesStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    /** A row found: its id, and its unit or null. */
    private record Found(long id, @Nullable String unit) {}

    @Override
    public Uni<List<Optional<Series>>> findOrCreate(
            TenantId tenant, List<Wanted> wanted, int maxSeries) {
        Map<ByteBuffer, Wanted> missing = new LinkedHashMap<>();
        List<ByteBuffer> digests = new ArrayList<>(wanted.size());
        for (Wanted one : wanted) {
            if (!one.key().tenant().equals(tenant)) {
                throw new IllegalArgumentException(
                        "series of " + one.key().tenant() + " asked for as " + tenant);
            }
            ByteBuffer digest = SeriesRows.digest(one.key());
            digests.add(digest);
            missing.put(digest, one);
        }
        Map<ByteBuffer, Wanted> all = Map.copyOf(missing);
        Map<ByteBuffer, Found> found = new HashMap<>();
        return tenants.run(
                        tenant,
                        connection ->
                                find(connection, tenant, missing, found)
                                        .chain(() ->
                                                missing.isEmpty()
                                                        ? Uni.createFrom().voidItem()
                                                        : create(
                                                                connection,
                                                                tenant,
                                                                missing,
                                                                found,
                                                                maxSeries))
                                        .chain(() -> sayUnits(connection, tenant, all, found)))
                .map(done -> aligned(tenant, wanted, digests, found));
    }

    private static Uni<Void> find(
            SqlConnection connection,
            TenantId tenant,
            Map<ByteBuffer, Wanted> missing,
            Map<ByteBuffer, Found> found) {
        return connection
                .preparedQuery(FIND)
                .execute(parameters(tenant, missing.keySet()))
                .invoke(rows -> take(rows, missing, found))
                .replaceWithVoid();
    }

    private static Uni<Void> findWhen(
            boolean wanted,
            SqlConnection connection,
            TenantId tenant,
            Map<ByteBuffer, Wanted> missing,
            Map<ByteBuffer, Found> found) {
        return wanted ? find(connection, tenant, missing, found) : Uni.createFrom().voidItem();
    }

    private static Uni<Void> create(
            SqlConnection connection,
            TenantId tenant,
            Map<ByteBuffer, Wanted> missing,
            Map<ByteBuffer, Found> found,
            int maxSeries) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> maxSeries - rows.iterator().next().getLong(0))
                // Others may have created some while we waited for the lock: those are passed over,
                // and looked for only where it matters: looking costs, too.
                .call(room -> findWhen(missing.size() > room, connection, tenant, missing, found))
                .chain(room -> {
                    List<Map.Entry<ByteBuffer, Wanted>> fitting =
                            missing.entrySet().stream().limit(Math.max(0, room)).toList();
                    return fitting.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : insert(connection, tenant, fitting, missing, found);
                })
                .call(() -> findWhen(!missing.isEmpty(), connection, tenant, missing, found));
    }

    private static Uni<Void> insert(
            SqlConnection connection,
            TenantId tenant,
            List<Map.Entry<ByteBuffer, Wanted>> fitting,
            Map<ByteBuffer, Wanted> missing,
            Map<ByteBuffer, Found> found) {
        List<ByteBuffer> digests = fitting.stream().map(Map.Entry::getKey).toList();
        List<Wanted> wanted = fitting.stream().map(Map.Entry::getValue).toList();
        List<SeriesKey> keys = wanted.stream().map(Wanted::key).toList();
        io.vertx.sqlclient.Tuple parameters = parameters(tenant, digests).getDelegate();
        parameters
                .addArrayOfString(keys.stream().map(SeriesKey::clusterId).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(SeriesKey::nodeId).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(SeriesKey::metricName).toArray(String[]::new))
                .addArrayOfJsonObject(
                        keys.stream()
                                .map(key -> SeriesRows.json(key.labels()))
                                .toArray(JsonObject[]::new))
                .addArrayOfString(
                        wanted.stream().map(w -> w.unit().orElse(null)).toArray(String[]::new))
                .addArrayOfInteger(keys.stream().map(Shards::of).toArray(Integer[]::new));
        return connection
                .preparedQuery(CREATE)
                .execute(Tuple.newInstance(parameters))
                .invoke(rows -> take(rows, missing, found))
                .chain(rows ->
                        connection
                                .preparedQuery(COUNT)
                                .execute(Tuple.of(tenant.value(), (long) rows.rowCount())))
                .replaceWithVoid();
    }

    private static Uni<Void> sayUnits(
            SqlConnection connection,
            TenantId tenant,
            Map<ByteBuffer, Wanted> wanted,
            Map<ByteBuffer, Found> found) {
        List<Long> ids = new ArrayList<>();
        List<String> units = new ArrayList<>();
        found.replaceAll((digest, row) -> {
            Wanted asked = wanted.get(digest);
            if (row.unit() != null || asked == null || asked.unit().isEmpty()) {
                return row;
            }
            ids.add(row.id());
            units.add(asked.unit().get());
            return new Found(row.id(), asked.unit().get());
        });
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        io.vertx.sqlclient.Tuple parameters =
                io.vertx.sqlclient.Tuple.of(tenant.value())
                        .addArrayOfLong(ids.toArray(Long[]::new))
                        .addArrayOfString(units.toArray(String[]::new));
        return connection
                .preparedQuery(SAY_UNIT)
                .execute(Tuple.newInstance(parameters))
                .replaceWithVoid();
    }

    private static Tuple parameters(TenantId tenant, Collection<ByteBuffer> digests) {
        return Tuple.newInstance(
                io.vertx.sqlclient.Tuple.of(tenant.value())
                        .addArrayOfBuffer(
                                digests.stream().map(SeriesRows::buffer).toArray(Buffer[]::new)));
    }

    private static void take(
            RowSet<Row> rows, Map<ByteBuffer, Wanted> missing, Map<ByteBuffer, Found> found) {
        for (Row row : rows) {
            ByteBuffer digest = ByteBuffer.wrap(row.getDelegate().getBuffer(0).getBytes());
            missing.remove(digest);
            found.put(digest, new Found(row.getLong(1), row.getString(2)));
        }
    }

    private static List<Optional<Series>> aligned(
            TenantId tenant,
            List<Wanted> wanted,
            List<ByteBuffer> digests,
            Map<ByteBuffer, Found> found) {
        List<Optional<Series>> series = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            SeriesKey key = wanted.get(i).key();
            series.add(
                    Optional.ofNullable(found.get(digests.get(i)))
                            .map(row ->
                                    new Series(
                                            new SeriesId(tenant, row.id()),
                                            key,
                                            Optional.ofNullable(row.unit()),
                                            Shards.of(key))));
        }
        return series;
    }
}
