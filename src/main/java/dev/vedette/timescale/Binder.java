package dev.vedette.timescale;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Sets a statement's parameters one after the other. */
final class Binder {
    private final PreparedStatement statement;
    private int last;

    Binder(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Sets the next parameters; null sets NULL. */
    void set(@Nullable Object... values) throws SQLException {
        for (Object value : values) {
            statement.setObject(
                    ++last, value instanceof Instant time ? Rows.parameter(time) : value);
        }
    }

    /**
     * Sets the next parameter to an array.
     *
     * @param type of its elements, as PostgreSQL names it
     * @param array of objects or primitives; not retained once the statement has run
     */
    void array(String type, Object array) throws SQLException {
        PGConnection arrays = statement.getConnection().unwrap(PGConnection.class);
        statement.setArray(++last, arrays.createArrayOf(type, array));
    }

    /** The same of what a stream gives. */
    void array(String type, Stream<? extends @Nullable Object> values) throws SQLException {
        array(type, type.equals("text") ? texts(values) : objects(values));
    }

    // The driver sends arrays of strings as they are; in others it looks for what needs a quote.
    private static @Nullable String[] texts(Stream<? extends @Nullable Object> values) {
        return values.map(value -> value == null ? null : value.toString()).toArray(String[]::new);
    }

    private static @Nullable Object[] objects(Stream<? extends @Nullable Object> values) {
        return values.map(value -> value instanceof Instant time ? Rows.parameter(time) : value)
                .toArray();
    }
}
