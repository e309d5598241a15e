package dev.vedette.timescale;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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
            statement.setObject(++last, value);
        }
    }
}
