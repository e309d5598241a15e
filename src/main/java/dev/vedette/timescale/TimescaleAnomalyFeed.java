package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyFeed;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The feed of changed anomalies in the table {@code anomaly_change}. */
@ApplicationScoped
public class TimescaleAnomalyFeed implements AnomalyFeed {
    private static final String POSITION =
            """
            SELECT tick FROM (
                SELECT shard AS line, greatest(
                    (SELECT max(tick) FROM shard_tick t WHERE t.shard = l.shard),
                    (SELECT tick FROM shard_checkpoint c WHERE c.shard = l.shard), 0) AS tick
                FROM shard_lease l WHERE shard < $1
                UNION ALL
                SELECT $1 + shard, seq FROM transaction_shard
                UNION ALL
                SELECT $2, told FROM peer_line
            ) lines ORDER BY line
            """;

    // The outer join keeps ticks of which nothing is left: their place must be passed, too.
    private static final String AFTER =
            """
            SELECT next.shard AS tick_shard, next.tick, found.*
            FROM (
                SELECT c.* FROM unnest($1::smallint[], $2::bigint[]) AS seen (shard, tick)
                JOIN anomaly_change c ON c.shard = seen.shard AND c.tick > seen.tick
                WHERE $4::text IS NULL OR $4 = ANY (c.tenant_ids)
                ORDER BY c.shard, c.tick LIMIT $3
            ) next
            CROSS JOIN LATERAL unnest(next.tenant_ids, next.ids) AS told (tenant_id, id)
            LEFT JOIN anomaly found ON found.tenant_id = told.tenant_id AND found.id = told.id
            WHERE $4::text IS NULL OR told.tenant_id = $4
            ORDER BY next.shard, next.tick
            """;
    private static final Short[] LINES =
            IntStream.range(0, AnomalyFeed.LINES)
                    .mapToObj(line -> (short) line)
                    .toArray(Short[]::new);

    private final WorkerTransaction workers;

    TimescaleAnomalyFeed(WorkerTransaction workers) {
        this.workers = workers;
    }

    @Override
    public Uni<List<Long>> position() {
        return workers.run(connection ->
                connection
                        .preparedQuery(POSITION)
                        .execute(Tuple.of(Shards.COUNT, AnomalyFeed.LINE_OF_PEERS))
                        .map(rows -> {
                            List<Long> ticks = new ArrayList<>();
                            rows.forEach(row -> ticks.add(row.getLong("tick")));
                            return ticks;
                        }));
    }

    @Override
    public Uni<List<Change>> after(Optional<TenantId> tenant, List<Long> ticks, int limit) {
        io.vertx.sqlclient.Tuple parameters =
                io.vertx.sqlclient.Tuple.tuple()
                        .addArrayOfShort(LINES)
                        .addArrayOfLong(ticks.toArray(Long[]::new))
                        .addInteger(limit)
                        .addString(tenant.map(TenantId::value).orElse(null));
        return workers.run(connection ->
                connection
                        .preparedQuery(AFTER)
                        .execute(Tuple.newInstance(parameters))
                        .map(TimescaleAnomalyFeed::changes));
    }

    private static List<Change> changes(RowSet<Row> rows) {
        List<Change> changes = new ArrayList<>();
        for (Row row : rows) {
            int shard = row.getInteger("tick_shard");
            long tick = row.getLong("tick");
            boolean isNext =
                    changes.isEmpty()
                            || changes.getLast().shard() != shard
                            || changes.getLast().tick() != tick;
            if (isNext) {
                changes.add(new Change(shard, tick, new ArrayList<>()));
            }
            if (row.getUUID("id") != null) {
                Anomaly anomaly = AnomalyRows.anomaly(row);
                changes.getLast().anomalies().add(anomaly);
            }
        }
        return changes;
    }
}
