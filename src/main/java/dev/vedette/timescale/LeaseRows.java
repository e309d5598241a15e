package dev.vedette.timescale;

import dev.vedette.detection.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Who works on which shard, and who works at all, in their tables. */
final class LeaseRows {
    private static final String ACQUIRE =
            """
            UPDATE shard_lease SET
                owner = ?,
                epoch = epoch + CASE WHEN owner IS NOT DISTINCT FROM ? THEN 0 ELSE 1 END,
                expires_at = now() + interval '1 millisecond' * ?
            WHERE shard = ? AND (owner IS NULL OR owner = ? OR expires_at < now())
            RETURNING epoch
            """;
    private static final String RENEW =
            """
            UPDATE shard_lease SET expires_at = now() + interval '1 millisecond' * ?
            WHERE shard = ? AND owner = ? AND epoch = ?
            """;
    // The owner goes with the lease, so that the same process taking it again gets a new epoch.
    private static final String RELEASE =
            """
            UPDATE shard_lease SET owner = NULL, expires_at = '-infinity'
            WHERE shard = ? AND owner = ? AND epoch = ?
            """;
    // Counts the others as they were before the statement, and itself. A lease that is locked
    // belongs
    // to a commit under way, which nobody can take it from.
    private static final String BEAT =
            """
            WITH held AS (
                SELECT shard FROM shard_lease WHERE owner = ? FOR UPDATE SKIP LOCKED
            ), renewed AS (
                UPDATE shard_lease l SET expires_at = now() + interval '1 millisecond' * ?
                FROM held WHERE l.shard = held.shard
            ), beat AS (
                INSERT INTO shard_worker (owner, expires_at)
                VALUES (?, now() + interval '1 millisecond' * ?)
                ON CONFLICT (owner) DO UPDATE SET expires_at = excluded.expires_at
            ), forgotten AS (
                DELETE FROM shard_worker WHERE expires_at < now() - interval '1 hour'
            )
            SELECT 1 + count(*) FROM shard_worker WHERE expires_at >= now() AND owner <> ?
            """;
    private static final String LEAVE = "DELETE FROM shard_worker WHERE owner = ?";

    private LeaseRows() {}

    /** Takes the shard for that owner, if it is free, expired or its own. */
    static Optional<Lease> acquire(Connection connection, int shard, String owner, Duration ttl)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
            new Binder(statement).set(owner, owner, ttl.toMillis(), shard, owner);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Lease(shard, owner, row.getLong(1)))
                        : Optional.empty();
            }
        }
    }

    /** Holds the lease for that long from now; false when it is another's by now. */
    static boolean renew(Connection connection, Lease lease, Duration ttl) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            new Binder(statement).set(ttl.toMillis(), lease.shard(), lease.owner(), lease.epoch());
            return statement.executeUpdate() == 1;
        }
    }

    /** Gives the lease back, if it still holds. */
    static int release(Connection connection, Lease lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            new Binder(statement).set(lease.shard(), lease.owner(), lease.epoch());
            return statement.executeUpdate();
        }
    }

    /** Says that this worker lives and holds its leases; how many live, itself included. */
    static int beat(Connection connection, String owner, Duration ttl) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            new Binder(statement).set(owner, ttl.toMillis(), owner, ttl.toMillis(), owner);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
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
