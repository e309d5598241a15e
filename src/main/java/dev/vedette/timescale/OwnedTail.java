package dev.vedette.timescale;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of some series are a tenant's, and the rows of their shards that are not in blocks yet;
 * these hold other tenants' points, too.
 *
 * @param ids the tenant's
 * @param payloads packed rows, in the order sent
 */
record OwnedTail(Set<Long> ids, List<byte[]> payloads) {
    private static final String OWNED =
            "SELECT series_id, shard FROM scoped.series"
                    + " WHERE tenant_id = $1 AND series_id = ANY ($2::bigint[])";

    /** Both, in a transaction of that tenant. Blocks are to be read after it, never before. */
    static Uni<OwnedTail> read(SqlConnection connection, TenantId tenant, Set<Long> asked) {
        return connection
                .preparedQuery(OWNED)
                .execute(parameters(tenant, asked))
                .chain(owned -> tail(connection, owned));
    }

    private static Uni<OwnedTail> tail(SqlConnection connection, RowSet<Row> owned) {
        Set<Long> ids = new HashSet<>();
        Set<Integer> shards = new HashSet<>();
        for (Row row : owned) {
            ids.add(row.getLong(0));
            shards.add(row.getInteger(1));
        }
        return shards.isEmpty()
                ? Uni.createFrom().item(new OwnedTail(ids, List.of()))
                : TenantTransaction.asWorker(connection, LogTail.read(connection, shards))
                        .map(payloads -> new OwnedTail(ids, payloads));
    }

    /** An empty place for the points of each series. */
    Map<Long, PointMerge> places() {
        Map<Long, PointMerge> places = new HashMap<>();
        ids.forEach(id -> places.put(id, new PointMerge()));
        return places;
    }

    /** Adds the tenant's points in that range; slow, not for an event loop. */
    void collect(TimeRange range, Map<Long, PointMerge> places) {
        LogTail.collect(payloads, range, places);
    }

    /** A tenant and series as the first two parameters of a statement. */
    static Tuple parameters(TenantId tenant, Set<Long> ids) {
        return Tuple.newInstance(
                io.vertx.sqlclient.Tuple.of(tenant.value())
                        .addArrayOfLong(ids.toArray(Long[]::new)));
    }
}
