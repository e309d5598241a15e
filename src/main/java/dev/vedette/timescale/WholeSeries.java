package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads all stored points of series of one tenant, for judging them again. Blocking. */
final class WholeSeries {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String FIRST =
            "SELECT min(bucket) FROM point_block WHERE tenant_id = $1"
                    + " AND series_id = ANY ($2::bigint[])";
    private static final String BLOCKS =
            "SELECT "
                    + BlockRows.COLUMNS
                    + " FROM point_block WHERE tenant_id = $1 AND series_id = ANY ($2::bigint[])"
                    + " AND bucket > $3::timestamptz - interval '4 hours' AND bucket < $4"
                    + " ORDER BY series_id, bucket, part";

    private final WorkerTransaction workers;

    WholeSeries(WorkerTransaction workers) {
        this.workers = workers;
    }

    /** The earliest stored point of any of those series, about. */
    OptionalLong firstPoint(List<Series> series) {
        Map<Long, PointMerge> tail = tail(series, TimescalePointReader.EVER);
        long first = Long.MAX_VALUE;
        for (PointMerge points : tail.values()) {
            for (int i = 0; i < points.size(); i++) {
                first = Math.min(first, points.time(i));
            }
        }
        RowSet<Row> rows =
                workers.run(connection ->
                                connection
                                        .preparedQuery(FIRST)
                                        .execute(OwnedTail.parameters(tenant(series), ids(series))))
                        .await()
                        .atMost(PATIENCE);
        OffsetDateTime bucket = rows.iterator().next().getOffsetDateTime(0);
        if (bucket != null) {
            first = Math.min(first, bucket.toInstant().toEpochMilli());
        }
        return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** All their points in that range, by series. */
    // Tail before blocks: what leaves it in between is in the blocks then.
    Map<Long, PointReader.Points> points(List<Series> series, TimeRange range) {
        Map<Long, PointMerge> tail = tail(series, range);
        RowSet<Row> blocks =
                workers.run(connection ->
                                connection
                                        .preparedQuery(BLOCKS)
                                        .execute(
                                                OwnedTail.parameters(tenant(series), ids(series))
                                                        .addOffsetDateTime(
                                                                Rows.parameter(range.from()))
                                                        .addOffsetDateTime(
                                                                Rows.parameter(range.to()))))
                        .await()
                        .atMost(PATIENCE);
        Map<Long, PointMerge> merged = empty(series);
        BlockRows.collect(blocks, range, merged);
        Map<Long, PointReader.Points> points = new HashMap<>();
        merged.forEach((id, merge) -> {
            PointMerge newest = tail.get(id);
            for (int i = 0; newest != null && i < newest.size(); i++) {
                merge.add(newest.time(i), newest.value(i));
            }
            if (merge.size() > 0) {
                merge.order();
                points.put(id, merge.points());
            }
        });
        return points;
    }

    private Map<Long, PointMerge> tail(List<Series> series, TimeRange range) {
        Set<Integer> shards = new HashSet<>();
        series.forEach(one -> shards.add(one.shard()));
        Map<Long, PointMerge> tail = empty(series);
        LogTail.collect(
                workers.run(connection -> LogTail.read(connection, shards))
                        .await()
                        .atMost(PATIENCE),
                range,
                tail);
        return tail;
    }

    private static Map<Long, PointMerge> empty(List<Series> series) {
        Map<Long, PointMerge> empty = new HashMap<>();
        series.forEach(one -> empty.put(one.id().value(), new PointMerge()));
        return empty;
    }

    private static Set<Long> ids(List<Series> series) {
        return series.stream().map(Series::id).map(SeriesId::value).collect(Collectors.toSet());
    }

    private static TenantId tenant(List<Series> series) {
        return series.getFirst().id().tenant();
    }
}
