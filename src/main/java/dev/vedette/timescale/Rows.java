package dev.vedette.timescale;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every reader and writer of rows does alike, with either driver. */
final class Rows {
    private Rows() {}

    /** The only row, read. */
    static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        for (Row row : rows) {
            return Optional.of(read.apply(row));
        }
        return Optional.empty();
    }

    /** Every row, read, in order. */
    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        List<T> items = new ArrayList<>(rows.size());
        rows.forEach(row -> items.add(read.apply(row)));
        return items;
    }

    /** A time that is never null. */
    static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** A time that may be null. */
    static Optional<Instant> optionalTime(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    /** A time that is never null. */
    static Instant time(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A time that is never null, of the column at that place, from 1. */
    static Instant time(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A time as the drivers take it. */
    static OffsetDateTime parameter(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The same of epoch milliseconds. */
    static OffsetDateTime parameter(long epochMillis) {
        return parameter(Instant.ofEpochMilli(epochMillis));
    }

    /** The same; null for none. */
    static @Nullable OffsetDateTime parameter(Optional<Instant> time) {
        return time.map(Rows::parameter).orElse(null);
    }
}
