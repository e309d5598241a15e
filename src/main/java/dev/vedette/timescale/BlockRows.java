package dev.vedette.timescale;

import dev.vedette.series.TimeRange;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.Map;

/** Reads rows of {@code point_block}. */
final class BlockRows {
    private BlockRows() {}

    /**
     * Adds their points in that range.
     *
     * @param rows columns series_id, bucket, points, first_offset, step, offsets, values; of one
     *     series in the order of their parts
     * @param wanted has every series of the rows
     */
    static void collect(RowSet<Row> rows, TimeRange range, Map<Long, PointMerge> wanted) {
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        for (Row mutiny : rows) {
            io.vertx.sqlclient.Row row = mutiny.getDelegate();
            PointMerge merge = wanted.get(row.getLong(0));
            if (merge == null) {
                continue;
            }
            long bucket = row.getOffsetDateTime(1).toInstant().toEpochMilli();
            int first = row.getInteger(3);
            int step = row.getInteger(4);
            Integer[] offsets = row.getArrayOfIntegers(5);
            Double[] values = row.getArrayOfDoubles(6);
            for (int i = 0; i < values.length; i++) {
                long time = bucket + (offsets == null ? first + (long) i * step : offsets[i]);
                if (time >= from && time < to) {
                    merge.add(time, values[i]);
                }
            }
        }
    }
}
