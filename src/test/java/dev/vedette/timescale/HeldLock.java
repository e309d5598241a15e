package dev.vedette.timescale;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Locks that a test holds in a transaction of its own, so that the service's work on the same rows
 * stands still until they are let go.
 */
public final class HeldLock implements AutoCloseable {
    private final Connection connection;

    private HeldLock(Connection connection) {
        this.connection = connection;
    }

    /** Nothing is read or written in that table meanwhile. */
    public static HeldLock ofTable(DataSource source, String table) {
        return of(source, "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }

    /** No decision of that shard is stored meanwhile. */
    public static HeldLock ofTransactionShard(DataSource source, int shard) {
        return of(source, "SELECT 1 FROM transaction_shard WHERE shard = " + shard + " FOR UPDATE");
    }

    private static HeldLock of(DataSource source, String statement) {
        try {
            Connection connection = source.getConnection();
            connection.setAutoCommit(false);
            try (Statement lock = connection.createStatement()) {
                lock.execute(WorkerTransaction.ROLE);
                lock.execute(statement);
            }
            return new HeldLock(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets go. */
    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
