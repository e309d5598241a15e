package dev.vedette.timescale;

import dev.vedette.detection.Lease;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.scoring.DecisionStore;
import dev.vedette.transaction.scoring.JudgedTransaction;
import dev.vedette.transaction.scoring.ShardLease;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** What a worker reads and writes of its shards of transactions, over JDBC. */
@ApplicationScoped
public class TimescaleDecisionStore implements DecisionStore {
    private static final String SEQ = "SELECT seq FROM transaction_shard WHERE shard = ?";
    private static final String WORKERS =
            "SELECT count(*) FROM shard_worker WHERE expires_at >= now()";
    // One look at the index for each shard, however many wait.
    private static final String WAITING =
            """
            SELECT shard FROM transaction_shard s
            WHERE EXISTS (SELECT 1 FROM transaction_due d WHERE d.shard = s.shard)
            """;
    private static final String DUE =
            "SELECT id, body FROM transaction_due WHERE shard = ? ORDER BY id LIMIT ?";
    private static final String REPLAY =
            """
            SELECT seq, json_build_object('tenant_id', tenant_id, 'transaction_id', transaction_id,
                'account_id', account_id, 'time', to_char(time AT TIME ZONE 'UTC', '%1$s'),
                'received_at', to_char(received_at AT TIME ZONE 'UTC', '%1$s'),
                'amount', amount, 'currency', currency, 'merchant', merchant, 'country', country,
                'channel', channel, 'attributes', attributes, 'day_part', day_part,
                'schema_version', schema_version),
                (versions ->> 'model')::int
            FROM transaction WHERE tenant_id = ? AND seq > ? ORDER BY seq LIMIT ?
            """
                    .formatted("YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"");

    /** For another lease's renewal; far less than a lease holds. */
    private static final Duration MOST_WAIT = Duration.ofMillis(200);

    private final WorkerTransaction transaction;
    private final Lock renewing = new ReentrantLock();
    private volatile RenewedLeases renewed = RenewedLeases.none();

    TimescaleDecisionStore(WorkerTransaction transaction) {
        this.transaction = transaction;
    }

    /** Reads a row. */
    private interface Read<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String query, Read<T> read, Object... parameters) {
        return transaction.await(connection -> read(connection, query, read, parameters));
    }

    private static <T> List<T> read(
            Connection connection, String query, Read<T> read, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            new Binder(statement).set(parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(read.of(row));
                }
            }
            return rows;
        }
    }

    @Override
    public Optional<ShardLease> acquire(int shard, String owner, Duration ttl) {
        return transaction.await(connection -> {
            OptionalLong epoch = LeaseRows.TRANSACTIONS.acquire(connection, shard, owner, ttl);
            return epoch.isPresent()
                    ? Optional.of(
                            new ShardLease(shard, owner, epoch.getAsLong(), seq(connection, shard)))
                    : Optional.empty();
        });
    }

    private static long seq(Connection connection, int shard) throws SQLException {
        return read(connection, SEQ, row -> row.getLong(1), shard).getFirst();
    }

    /** The first of an owner's leases that is due renews them all. */
    @Override
    public boolean renew(ShardLease lease, Duration ttl) {
        Lease held = new Lease(lease.shard(), lease.owner(), lease.epoch());
        if (!renewed.holds(held, ttl) && isMyTurn()) {
            try {
                if (!renewed.holds(held, ttl)) {
                    renewAll(lease.owner(), ttl);
                }
            } finally {
                renewing.unlock();
            }
        }
        return renewed.holds(held, ttl)
                || transaction.await(connection ->
                        LeaseRows.TRANSACTIONS.renew(
                                connection, lease.shard(), lease.owner(), lease.epoch(), ttl));
    }

    // Many become due together: the others wait for the first, but not for a database that is away.
    private boolean isMyTurn() {
        try {
            return renewing.tryLock(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void renewAll(String owner, Duration ttl) {
        long at = System.nanoTime();
        Set<Lease> leases =
                transaction.await(
                        connection -> LeaseRows.TRANSACTIONS.renewAll(connection, owner, ttl));
        renewed = new RenewedLeases(leases, at);
    }

    @Override
    public void release(ShardLease lease) {
        transaction.await(connection ->
                LeaseRows.TRANSACTIONS.release(
                        connection, lease.shard(), lease.owner(), lease.epoch()));
    }

    @Override
    public int workers() {
        return Math.max(1, read(WORKERS, row -> row.getInt(1)).getFirst());
    }

    @Override
    public Set<Integer> waiting() {
        return Set.copyOf(read(WAITING, row -> row.getInt(1)));
    }

    @Override
    public List<Due> due(int shard, int most) {
        return read(DUE, row -> new Due(row.getLong(1), received(row.getString(2))), shard, most);
    }

    @Override
    public Optional<Snapshot> snapshot(TenantId tenant) {
        return transaction.await(connection -> TransactionSnapshots.read(connection, tenant));
    }

    @Override
    public void keep(Snapshot snapshot) {
        TransactionSnapshots.keep(transaction, snapshot);
    }

    @Override
    public List<Replayed> replay(TenantId tenant, long afterSeq, int most) {
        return read(
                REPLAY,
                row -> new Replayed(row.getLong(1), received(row.getString(2)), model(row)),
                tenant.value(),
                afterSeq,
                most);
    }

    private static OptionalInt model(ResultSet row) throws SQLException {
        int version = row.getInt(3);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
    }

    private static ReceivedTransaction received(String json) {
        return TransactionJson.received(new JsonObject(json));
    }

    @Override
    public List<JudgedTransaction> decide(
            ShardLease lease,
            long seq,
            List<ReceivedTransaction> asked,
            List<Long> due,
            Function<List<ReceivedTransaction>, List<JudgedTransaction>> judging) {
        return transaction.awaitTaking(
                connection -> decide(connection, lease, seq, asked, due, judging));
    }

    private static List<JudgedTransaction> decide(
            Connection connection,
            ShardLease lease,
            long seq,
            List<ReceivedTransaction> asked,
            List<Long> due,
            Function<List<ReceivedTransaction>, List<JudgedTransaction>> judging)
            throws SQLException {
        List<ReceivedTransaction> fresh = TransactionWriter.fresh(connection, asked);
        List<JudgedTransaction> judged = judging.apply(fresh);
        long last = seq + judged.size();
        if (!due.isEmpty()) {
            TransactionWriter.done(connection, lease.shard(), due);
        }
        boolean isFlagged =
                judged.stream().anyMatch(one -> one.decision().outcome() != Outcome.APPROVE);
        TransactionWriter.store(connection, lease, seq, judged, !isFlagged);
        if (isFlagged) {
            // Last, as it marks buckets that ticks mark, too: the locks are held for the commit
            // only.
            TransactionAnomalies.store(connection, lease.shard(), last, judged);
        }
        return judged;
    }
}
