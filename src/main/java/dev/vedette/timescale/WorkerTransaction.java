package dev.vedette.timescale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The way of a worker, and of sign-in, to the database: one transaction, as the role {@code
 * vedette_worker}, which sees the tables of all tenants. Never for what a request asks about its
 * tenant's data: that is {@link TenantTransaction}.
 */
@ApplicationScoped
public class WorkerTransaction {
    /** The statement that takes the role until the transaction ends. */
    static final String ROLE = "SET LOCAL ROLE vedette_worker";

    /** Work on a JDBC connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        /** Does it; what it throws rolls the transaction back. */
        T on(Connection connection) throws SQLException;
    }

    private final Pool pool;
    private final DataSource source;

    WorkerTransaction(Pool pool, DataSource source) {
        this.pool = pool;
        this.source = source;
    }

    /**
     * Runs the work in a transaction; commits when its Uni completes, rolls back when it fails.
     *
     * @param work must compose everything it starts
     * @return the work's result, once committed; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached
     */
    public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
        return RoleTransaction.run(pool, connection -> connection.query(ROLE).execute(), work);
    }

    /**
     * The same, blocking, over JDBC: for virtual threads, and for COPY, which the reactive client
     * has not. Transactions are READ COMMITTED.
     *
     * @throws dev.vedette.ingestion.StorageUnavailableException when the database cannot be reached
     *     or did not say whether it committed
     * @throws IllegalStateException when it refuses a statement
     */
    public <T extends @Nullable Object> T await(Work<T> work) {
        return awaitTaking(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(ROLE);
            }
            return work.on(connection);
        });
    }

    /**
     * The same for work that saves ways to the database and back: its first statement begins with
     * {@link #ROLE}, and its last may end the transaction.
     */
    <T extends @Nullable Object> T awaitTaking(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                restore(connection);
            }
        } catch (SQLException e) {
            if (Failures.isUnavailable(e)) {
                throw Failures.unavailable(e);
            }
            throw new IllegalStateException("statement refused: " + e.getMessage(), e);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void restore(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(true);
        }
    }
}
