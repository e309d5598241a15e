package dev.vedette.timescale;

import dev.vedette.detection.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who works on which shard, in a table with the columns {@code shard}, {@code owner}, {@code epoch}
 * and {@code expires_at}; and who works at all.
 */
final class LeaseRows {
    /** Of the shards of series. */
    static final LeaseRows SERIES = new LeaseRows("shard_lease");

    /** Of the shards of transactions. */
    static final LeaseRows TRANSACTIONS = new LeaseRows("transaction_shard");

    private static final String ACQUIRE =
            """
            UPDATE TABLE SET
                owner = ?,
                epoch = epoch + CASE WHEN owner IS NOT DISTINCT FROM ? THEN 0 ELSE 1 END,
                expires_at = now() + interval '1 millisecond' * ?
            WHERE shard = ? AND (owner IS NULL OR owner = ? OR expires_at < now())
            RETURNING epoch
            """;
    private static final String RENEW =
            """
            UPDATE TABLE SET expires_at = now() + interval '1 millisecond' * ?
            WHERE shard = ? AND owner = ? AND epoch = ?
            """;
    // One that is locked belongs to a commit under way.
    private static final String RENEW_ALL =
            """
            UPDATE TABLE l SET expires_at = now() + interval '1 millisecond' * ?
            FROM (SELECT shard FROM TABLE WHERE owner = ? FOR UPDATE SKIP LOCKED) AS held
            WHERE l.shard = held.shard
            RETURNING l.shard, l.epoch
            """;
    // The owner goes with the lease, so that the same process taking it again gets a new epoch.
    private static final String RELEASE =
            """
            UPDATE TABLE SET owner = NULL, expires_at = '-infinity'
            WHERE shard = ? AND owner = ? AND epoch = ?
            """;
    // Counts the others as they were before the statement, and itself. A lease that is locked
    // belongs to a commit under way, which nobody can take it from.
    private static final String BEAT =
            """
            WITH held AS (
                SELECT shard FROM shard_lease WHERE owner = ? FOR UPDATE SKIP LOCKED
            ), renewed AS (
                UPDATE shard_lease l SET expires_at = now() + interval '1 millisecond' * ?
                FROM held WHERE l.shard = held.shard
                RETURNING l.shard, l.epoch
            ), beat AS (
                INSERT INTO shard_worker (owner, expires_at)
                VALUES (?, now() + interval '1 millisecond' * ?)
                ON CONFLICT (owner) DO UPDATE SET expires_at = excluded.expires_at
            ), forgotten AS (
                DELETE FROM shard_worker WHERE expires_at < now() - interval '1 hour'
            )
            SELECT workers, shard, epoch
            FROM (
                SELECT 1 + count(*) FROM shard_worker WHERE expires_at >= now() AND owner <> ?
            ) AS living (workers)
            LEFT JOIN renewed ON true
            """;
    private static final String LEAVE = "DELETE FROM shard_worker WHERE owner = ?";

    private final String acquire;
    private final String renew;
    private final String renewAll;
    private final String release;

    private LeaseRows(String table) {
        this.acquire = ACQUIRE.replace("TABLE", table);
        this.renew = RENEW.replace("TABLE", table);
        this.renewAll = RENEW_ALL.replace("TABLE", table);
        this.release = RELEASE.replace("TABLE", table);
    }

    /** Takes the shard for that owner, if it is free, expired or its own; its epoch if so. */
    OptionalLong acquire(Connection connection, int shard, String owner, Duration ttl)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(acquire)) {
            new Binder(statement).set(owner, owner, ttl.toMillis(), shard, owner);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Holds the lease for that long from now; false when it is another's by now. */
    boolean renew(Connection connection, int shard, String owner, long epoch, Duration ttl)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(renew)) {
            new Binder(statement).set(ttl.toMillis(), shard, owner, epoch);
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * Holds the owner's leases for that long from now, but for those that a commit under way has
     * locked.
     *
     * @return which
     */
    Set<Lease> renewAll(Connection connection, String owner, Duration ttl) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(renewAll)) {
            new Binder(statement).set(ttl.toMillis(), owner);
            Set<Lease> renewed = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    renewed.add(new Lease(row.getInt(1), owner, row.getLong(2)));
                }
            }
            return renewed;
        }
    }

    /** Gives the lease back, if it still holds. */
    int release(Connection connection, int shard, String owner, long epoch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(release)) {
            new Binder(statement).set(shard, owner, epoch);
            return statement.executeUpdate();
        }
    }

    /**
     * What a worker learns when it says that it lives.
     *
     * @param workers how many live, itself included
     * @param leases its leases that hold for longer now
     */
    record Beat(int workers, Set<Lease> leases) {}

    /** Says that this worker lives and holds its leases of shards of series. */
    static Beat beat(Connection connection, String owner, Duration ttl) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            new Binder(statement).set(owner, ttl.toMillis(), owner, ttl.toMillis(), owner);
            try (ResultSet row = statement.executeQuery()) {
                int workers = 0;
                Set<Lease> leases = new HashSet<>();
                while (row.next()) {
                    workers = row.getInt(1);
                    int shard = row.getInt(2);
                    if (!row.wasNull()) {
                        leases.add(new Lease(shard, owner, row.getLong(3)));
                    }
                }
                return new Beat(workers, leases);
            }
        }
    }

    /** Says that this worker is gone. */
    static int leave(Connection connection, String owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            new Binder(statement).set(owner);
            return statement.executeUpdate();
        }
    }
}
