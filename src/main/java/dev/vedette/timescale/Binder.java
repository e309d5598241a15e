package dev.vedette.timescale;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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

    /** Sets the next parameter; null sets NULL. */
    @CanIgnoreReturnValue
    Binder set(@Nullable Object value) throws SQLException {
        statement.setObject(++last, value);
        return this;
    }
}
