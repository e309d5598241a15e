package dev.vedette.timescale;

import dev.vedette.series.TimeRange;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code point_block}. */
final class BlockRows {
    /** What a statement selects of the table, in this order. */
    static final String COLUMNS =
            "series_id, bucket, part, points, first_offset, step, offsets, \"values\", scale, base,"
                    + " narrow, wide, packed_offsets, packed_values";

    private BlockRows() {}

    /** Takes points. */
    @FunctionalInterface
    interface Sink {
        /** Takes the next one. */
        void add(long epochMillis, double value);
    }

    /**
     * Adds their points in that range.
     *
     * @param rows of {@link #COLUMNS}; of one series in the order of their parts
     * @param wanted has every series of the rows
     */
    static void collect(RowSet<Row> rows, TimeRange range, Map<Long, PointMerge> wanted) {
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        for (Row mutiny : rows) {
            io.vertx.sqlclient.Row row = mutiny.getDelegate();
            PointMerge merge = wanted.get(row.getLong(0));
            if (merge != null) {
                block(row)
                        .points((time, value) -> {
                            if (time >= from && time < to) {
                                merge.add(time, value);
                            }
                        });
            }
        }
    }

    private static Block block(io.vertx.sqlclient.Row row) {
        int count = row.getInteger(3);
        Short scale = row.getShort(8);
        Long base = row.getLong(9);
        return new Block(
                row.getOffsetDateTime(1).toInstant().toEpochMilli(),
                count,
                row.getInteger(4),
                row.getInteger(5),
                numbers(count, bytes(row, 12), row.getArrayOfIntegers(6)),
                row.getArrayOfDoubles(7),
                scale == null ? 0 : scale,
                base == null ? 0 : base,
                numbers(
                        count,
                        bytes(row, 13),
                        either(row.getArrayOfShorts(10), row.getArrayOfIntegers(11))));
    }

    private static byte @Nullable [] bytes(io.vertx.sqlclient.Row row, int column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    /** The points of the row a result set stands on, whose columns have their own names. */
    static void points(ResultSet row, Sink sink) throws SQLException {
        int count = row.getInt("points");
        new Block(
                        Rows.time(row, "bucket").toEpochMilli(),
                        count,
                        row.getInt("first_offset"),
                        row.getInt("step"),
                        numbers(count, row.getBytes("packed_offsets"), array(row, "offsets")),
                        array(row, "values"),
                        row.getInt("scale"),
                        row.getLong("base"),
                        numbers(
                                count,
                                row.getBytes("packed_values"),
                                either(array(row, "narrow"), array(row, "wide"))))
                .points(sink);
    }

    private static Number @Nullable [] array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : (Number[]) array.getArray();
    }

    /** Packed, or in the array that blocks of versions before V345 have instead. */
    private static long @Nullable [] numbers(
            int count, byte @Nullable [] packed, Number @Nullable [] instead) {
        if (packed != null) {
            return FewBytes.unpack(packed, count);
        }
        return instead == null
                ? null
                : Arrays.stream(instead).mapToLong(Number::longValue).toArray();
    }

    private static Number @Nullable [] either(
            Number @Nullable [] narrow, Number @Nullable [] wide) {
        return narrow == null ? wide : narrow;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
    private record Block(
            long bucket,
            int count,
            int first,
            int step,
            long @Nullable [] offsets,
            Number @Nullable [] values,
            int scale,
            long base,
            long @Nullable [] above) {
        void points(Sink sink) {
            for (int i = 0; i < count; i++) {
                long offset = offsets == null ? first + (long) i * step : offsets[i];
                sink.add(bucket + offset, value(i));
            }
        }

        private double value(int i) {
            return above != null
                    ? Decimals.value(base + above[i], scale)
                    : Objects.requireNonNull(values)[i].doubleValue();
        }
    }
}
