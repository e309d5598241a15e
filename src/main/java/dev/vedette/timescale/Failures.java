package dev.vedette.timescale;

import dev.vedette.ingestion.StorageUnavailableException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is not there from one that refuses a statement. */
final class Failures {
    private Failures() {}

    /** Whether the database could not be reached, went away, or is short of resources. */
    static boolean isUnavailable(Throwable failure) {
        return switch (failure) {
            case StorageUnavailableException _ -> false;
            case PgException e -> isTransient(e.getSqlState());
            case SQLException e -> isTransient(e.getSQLState());
            // The reactive client says these when a connection breaks or the pool has none.
            case IOException _, TimeoutException _, VertxException _, NoStackTraceThrowable _ ->
                    true;
            default -> false;
        };
    }

    /** The failure, as the ports say it. */
    static StorageUnavailableException unavailable(Throwable failure) {
        return new StorageUnavailableException(
                "database unavailable: " + failure.getMessage(), failure);
    }

    // Classes of SQLSTATE, PostgreSQL documentation, appendix A: 08 connection, 53 resources, 57
    // operator intervention, 58 system error, 40 rollback (serialization, deadlock); 55P03 lock not
    // available, 25006 read-only (a standby after fail-over).
    private static boolean isTransient(@Nullable String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("40")
                || "55P03".equals(state)
                || "25006".equals(state);
    }
}
