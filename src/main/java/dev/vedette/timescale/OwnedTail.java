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
    /**
     * The series of {@link #parameters}, to be compared with by an equals sign. Behind a sub-select
     * the planner does not see how many they are, so a plan for any number seems as good to it as
     * one for these, and it keeps that one: to plan a read of partitions takes two to seven times
     * as long as to do it.
     */
    static final String ASKED = "ANY ((SELECT $2::bigint[])::bigint[])";

    private static final String OWNED =
            "SELECT series_id FROM scoped.series WHERE tenant_id = $1 AND series_id = " + ASKED;

    /**
     * Both, in a transaction of that tenant and one round trip. Blocks are to be read behind it,
     * never before.
     */
    static Uni<OwnedTail> read(SqlConnection connection, TenantId tenant, Set<Long> asked) {
        return RoleTransaction.behind(
                connection.preparedQuery(OWNED).execute(parameters(tenant, asked)),
                TenantTransaction.asWorker(connection, LogTail.read(connection, tenant, asked)),
                (owned, payloads) -> new OwnedTail(ids(owned), payloads));
    }

    private static Set<Long> ids(RowSet<Row> owned) {
        Set<Long> ids = new HashSet<>();
        for (Row row : owned) {
            ids.add(row.getLong(0));
        }
        return ids;
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
