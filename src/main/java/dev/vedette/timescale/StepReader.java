package dev.vedette.timescale;

import dev.vedette.detection.SteppedPoints;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads steps of time from roll-ups, and from points only where a roll-up does not know all: in
 * buckets with parts not merged yet, with points in the log's tail, and at the ends of the range.
 * Tail, then blocks, then roll-ups: what leaves one of them in between is in the next, and where a
 * bucket comes twice its points count.
 */
final class StepReader {
    // "part" is in the key, so buckets in parts are found without looking at a row. The range is
    // said again of the rows themselves: without it all rows of the tenant may be read.
    private static final String BLOCKS =
            """
            WITH raw AS (
                SELECT series_id AS id, bucket AS start FROM scoped.point_block
                WHERE tenant_id = $1 AND series_id = %1$s
                    AND bucket > $3::timestamptz - interval '4 hours' AND bucket < $4
                    AND part <> 0
                UNION
                SELECT s.id, t.start FROM unnest((SELECT $2::bigint[])) AS s (id)
                CROSS JOIN unnest((SELECT $5::timestamptz[])) AS t (start)
            )
            SELECT %2$s FROM raw
            JOIN scoped.point_block b
                ON b.tenant_id = $1 AND b.series_id = raw.id AND b.bucket = raw.start
            WHERE b.series_id = %1$s
                AND b.bucket > $3::timestamptz - interval '4 hours' AND b.bucket < $4
            ORDER BY series_id, bucket, part
            """
                    .formatted(OwnedTail.ASKED, BlockRows.COLUMNS);

    private final TenantTransaction tenants;

    StepReader(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    /**
     * The steps of those series in that range.
     *
     * @param step width, a multiple of the roll-up's
     */
    Uni<Map<SeriesId, SteppedPoints>> read(
            TenantId tenant,
            Collection<SeriesId> series,
            TimeRange range,
            long step,
            RollupWidth width) {
        Set<Long> asked = new HashSet<>();
        series.forEach(id -> asked.add(id.value()));
        Reading reading = new Reading(tenant, range, step, width);
        return tenants.run(tenant, connection -> OwnedTail.read(connection, tenant, asked))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(reading::take)
                .chain(() -> tenants.run(tenant, reading::stored))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(reading::steps);
    }

    private record Stored(RowSet<Row> blocks, RowSet<Row> cells) {}

    private static final class Reading {
        private final TenantId tenant;
        private final TimeRange range;
        private final long step;
        private final RollupWidth width;
        private final Map<Long, PointMerge> inTail = new HashMap<>();
        private final Set<Long> rawBuckets = new HashSet<>();

        Reading(TenantId tenant, TimeRange range, long step, RollupWidth width) {
            this.tenant = tenant;
            this.range = range;
            this.step = step;
            this.width = width;
            cut(range.from().toEpochMilli());
            cut(range.to().toEpochMilli());
        }

        // An end within a cell: the cell knows points outside, too.
        private void cut(long end) {
            if (end % width.cell() != 0) {
                rawBuckets.add(bucket(end));
            }
        }

        void take(OwnedTail tail) {
            inTail.putAll(tail.places());
            tail.collect(range, inTail);
            inTail.values().forEach(this::noteBuckets);
        }

        private void noteBuckets(PointMerge points) {
            for (int i = 0; i < points.size(); i++) {
                rawBuckets.add(bucket(points.time(i)));
            }
        }

        Uni<Stored> stored(SqlConnection connection) {
            OffsetDateTime[] starts =
                    rawBuckets.stream().map(Rows::parameter).toArray(OffsetDateTime[]::new);
            Tuple points = parameters();
            points.getDelegate().addArrayOfOffsetDateTime(starts);
            return RoleTransaction.behind(
                    connection.preparedQuery(BLOCKS).execute(points),
                    connection.preparedQuery(cellsOf(width)).execute(parameters()),
                    Stored::new);
        }

        private Tuple parameters() {
            return OwnedTail.parameters(tenant, inTail.keySet())
                    .addOffsetDateTime(Rows.parameter(range.from()))
                    .addOffsetDateTime(Rows.parameter(range.to()));
        }

        Map<SeriesId, SteppedPoints> steps(Stored stored) {
            Map<Long, PointMerge> points = new HashMap<>();
            inTail.keySet().forEach(id -> points.put(id, new PointMerge()));
            BlockRows.collect(stored.blocks(), range, points);
            inTail.forEach((id, tail) -> append(tail, Objects.requireNonNull(points.get(id))));
            Map<Long, SteppedPoints.Builder> cells = cells(stored.cells(), points);
            Map<SeriesId, SteppedPoints> steps = new HashMap<>();
            points.forEach((id, raw) -> {
                SteppedPoints.Builder known = cells.get(id);
                SteppedPoints joined =
                        join(
                                known == null
                                        ? new SteppedPoints.Builder(width.cell()).build()
                                        : known.build(),
                                raw,
                                step);
                if (joined.size() > 0) {
                    steps.put(new SeriesId(tenant, id), joined);
                }
            });
            return steps;
        }

        // Cells whole within the range, of buckets of which no point was read.
        private Map<Long, SteppedPoints.Builder> cells(
                RowSet<Row> rows, Map<Long, PointMerge> points) {
            Map<Long, Set<Long>> known = new HashMap<>();
            points.forEach((id, raw) -> {
                raw.order();
                known.put(id, buckets(raw));
            });
            Map<Long, SteppedPoints.Builder> cells = new HashMap<>();
            for (Row row : rows) {
                long id = row.getLong(0);
                SteppedPoints stored =
                        PackedCells.unpack(row.getDelegate().getBuffer(1).getBytes(), width.cell());
                SteppedPoints.Builder builder =
                        cells.computeIfAbsent(id, _ -> new SteppedPoints.Builder(width.cell()));
                Set<Long> raw = Objects.requireNonNull(known.get(id));
                for (int i = 0; i < stored.size(); i++) {
                    long start = stored.epochMillis()[i];
                    if (start >= range.from().toEpochMilli()
                            && start + width.cell() <= range.to().toEpochMilli()
                            && !raw.contains(bucket(start))) {
                        builder.add(stored, i);
                    }
                }
            }
            return cells;
        }
    }

    private static String cellsOf(RollupWidth width) {
        return "SELECT series_id, cells FROM scoped."
                + width.table()
                + " WHERE tenant_id = $1 AND series_id = "
                + OwnedTail.ASKED
                + " AND bucket > $3::timestamptz - interval '1 millisecond' * "
                + width.row()
                + " AND bucket < $4 ORDER BY series_id, bucket";
    }

    /** Cells and ordered points, none of them in the same bucket, as steps in order of time. */
    private static SteppedPoints join(SteppedPoints cells, PointMerge points, long step) {
        SteppedPoints.Builder joined = new SteppedPoints.Builder(step);
        int cell = 0;
        for (int i = 0; i < points.size(); i++) {
            while (cell < cells.size() && cells.epochMillis()[cell] < points.time(i)) {
                joined.add(cells, cell++);
            }
            if (!Double.isNaN(points.value(i))) {
                joined.add(points.time(i), points.value(i));
            }
        }
        while (cell < cells.size()) {
            joined.add(cells, cell++);
        }
        return joined.build();
    }

    private static Set<Long> buckets(PointMerge points) {
        Set<Long> buckets = new HashSet<>();
        for (int i = 0; i < points.size(); i++) {
            buckets.add(bucket(points.time(i)));
        }
        return buckets;
    }

    private static void append(PointMerge from, PointMerge to) {
        for (int i = 0; i < from.size(); i++) {
            to.add(from.time(i), from.value(i));
        }
    }

    private static long bucket(long epochMillis) {
        return Math.floorDiv(epochMillis, BlockWriter.BUCKET_MILLIS) * BlockWriter.BUCKET_MILLIS;
    }
}
