package dev.vedette.timescale;

import dev.vedette.series.PointBatch;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the log that is not in blocks yet: what came after each shard's checkpoint. */
final class LogTail {
    /**
     * Rows of some shards after their checkpoints, the newest five thousand, oldest first. The
     * checkpoint is read in the statement that reads the rows: between two, a checkpoint could pass
     * and its rows be dropped.
     */
    private static final String ROWS =
            """
            WITH RECURSIVE wanted (shard) AS (
                %s
            ), line (shard, lane) AS (
                SELECT s.shard, (SELECT min(d.lane) FROM detection_log d WHERE d.shard = s.shard)
                FROM wanted s
                UNION ALL
                SELECT line.shard, (SELECT min(d.lane) FROM detection_log d
                    WHERE d.shard = line.shard AND d.lane > line.lane)
                FROM line WHERE line.lane IS NOT NULL
            ), seen AS (
                SELECT c.shard, v.lane, v.seq FROM shard_checkpoint c
                CROSS JOIN LATERAL unnest(c.lanes, c.seqs) AS v (lane, seq)
                WHERE c.shard IN (SELECT shard FROM wanted)
            ), newest AS (
                SELECT r.* FROM line
                LEFT JOIN seen USING (shard, lane)
                CROSS JOIN LATERAL (
                    SELECT d.committed_at, d.lane, d.seq, d.payload FROM detection_log d
                    WHERE d.shard = line.shard AND d.lane = line.lane
                        AND d.seq > coalesce(seen.seq, 0)
                    ORDER BY d.seq
                ) r
                WHERE line.lane IS NOT NULL
                ORDER BY r.committed_at DESC, r.lane DESC, r.seq DESC LIMIT 5000
            )
            SELECT payload FROM newest ORDER BY committed_at, lane, seq
            """;

    private static final String OF_SHARDS = ROWS.formatted("SELECT unnest($1::int[])");

    private static final String OF_SERIES =
            ROWS.formatted(
                    "SELECT DISTINCT shard::int FROM series"
                            + " WHERE tenant_id = $1 AND series_id = "
                            + OwnedTail.ASKED);

    private LogTail() {}

    /** The packed rows of those series' shards, in the order sent; for a worker. */
    static Uni<List<byte[]>> read(SqlConnection connection, TenantId tenant, Set<Long> series) {
        return connection
                .preparedQuery(OF_SERIES)
                .execute(OwnedTail.parameters(tenant, series))
                .map(LogTail::payloads);
    }

    /** The packed rows of those shards, in the order sent. */
    static Uni<List<byte[]>> read(SqlConnection connection, Collection<Integer> shards) {
        Tuple parameters =
                Tuple.newInstance(
                        io.vertx.sqlclient.Tuple.tuple()
                                .addArrayOfInteger(shards.toArray(Integer[]::new)));
        return connection.preparedQuery(OF_SHARDS).execute(parameters).map(LogTail::payloads);
    }

    private static List<byte[]> payloads(RowSet<Row> rows) {
        List<byte[]> payloads = new ArrayList<>(rows.size());
        for (Row row : rows) {
            payloads.add(row.getDelegate().getBuffer(0).getBytes());
        }
        return payloads;
    }

    /** Adds the points of the wanted series in that range; other series are passed over. */
    static void collect(List<byte[]> payloads, TimeRange range, Map<Long, PointMerge> wanted) {
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        for (byte[] payload : payloads) {
            PointBatch batch = PackedPoints.unpack(payload);
            for (int run = 0; run < batch.runs(); run++) {
                PointMerge merge = wanted.get(batch.seriesIds()[run]);
                if (merge != null) {
                    for (int i = batch.runStart(run); i < batch.runEnds()[run]; i++) {
                        long time = batch.epochMillis()[i];
                        if (time >= from && time < to) {
                            merge.add(time, batch.values()[i]);
                        }
                    }
                }
            }
        }
    }
}
