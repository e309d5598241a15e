package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.DecisionStore.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Snapshots of what is known of tenants' accounts, in parts: a commit waits until all that was
 * logged before it is on disk, so a snapshot written at once would hold every decision up.
 *
 * <p>Parts are named by the number of the decision they follow, and count once {@code
 * transaction_snapshot} has that number. Two processes that both believe to hold the shard write
 * parts of different numbers; the higher number wins.
 */
final class TransactionSnapshots {
    private static final int PARTS_AT_ONCE = 16;
    private static final Duration PAUSE = Duration.ofMillis(20);

    // The state stands in the row itself where a version before V330 wrote it.
    private static final String READ =
            """
            SELECT s.seq, s.state, p.state FROM transaction_snapshot s
            LEFT JOIN transaction_snapshot_part p ON p.tenant_id = s.tenant_id AND p.seq = s.seq
            WHERE s.tenant_id = ? ORDER BY p.part
            """;
    // What an attempt that was broken off left.
    private static final String BEGIN =
            "DELETE FROM transaction_snapshot_part WHERE tenant_id = ? AND seq = ?";
    private static final String ADD =
            "INSERT INTO transaction_snapshot_part (tenant_id, seq, part, state) VALUES (?, ?, ?,"
                    + " ?)";
    private static final String END =
            """
            INSERT INTO transaction_snapshot (tenant_id, seq, state) VALUES (?, ?, '')
            ON CONFLICT (tenant_id) DO UPDATE
            SET seq = excluded.seq, state = excluded.state, taken_at = now()
            WHERE transaction_snapshot.seq < excluded.seq
            """;
    private static final String CLEAN =
            """
            DELETE FROM transaction_snapshot_part p USING transaction_snapshot s
            WHERE s.tenant_id = p.tenant_id AND p.tenant_id = ? AND p.seq < s.seq
            """;

    private TransactionSnapshots() {}

    static Optional<Snapshot> read(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, tenant.value());
            statement.setFetchSize(PARTS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                long seq = rows.getLong(1);
                List<byte[]> state = new ArrayList<>();
                state.add(rows.getBytes(2));
                do {
                    byte[] part = rows.getBytes(3);
                    if (part != null) {
                        state.add(part);
                    }
                } while (rows.next());
                return Optional.of(new Snapshot(tenant, seq, state));
            }
        }
    }

    static void keep(WorkerTransaction transaction, Snapshot snapshot) {
        String tenant = snapshot.tenant().value();
        execute(transaction, BEGIN, tenant, snapshot.seq());
        for (int part = 0; part < snapshot.state().size(); part++) {
            execute(transaction, ADD, tenant, snapshot.seq(), part, snapshot.state().get(part));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        transaction.await(connection -> {
            execute(connection, END, tenant, snapshot.seq());
            return execute(connection, CLEAN, tenant);
        });
    }

    private static void execute(WorkerTransaction transaction, String sql, Object... values) {
        transaction.await(connection -> execute(connection, sql, values));
    }

    private static int execute(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Binder(statement).set(values);
            return statement.executeUpdate();
        }
    }
}
