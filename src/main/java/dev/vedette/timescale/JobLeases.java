package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What workers do with a table of jobs: take the oldest that waits, or whose worker is silent, and
 * end it or give it back while it is theirs. Beside the columns of {@link JobTable} it has {@code
 * leased_until}, {@code started_at}, {@code attempts} and {@code failure}.
 */
final class JobLeases {
    /** The condition that a job is still the worker's: tenant, id and owner follow. */
    static final String HELD =
            " WHERE tenant_id = ? AND id = ? AND owner = ? AND state = 'running'";

    /** Longest reason of a failure that is kept. */
    private static final int LONGEST_REASON = 500;

    private final WorkerTransaction workers;
    private final String take;
    private final String complete;
    private final String fail;
    private final String release;

    JobLeases(WorkerTransaction workers, String table) {
        this.workers = workers;
        this.take =
                """
                UPDATE %1$s j SET state = 'running', owner = ?,
                    attempts = CASE WHEN j.state = 'running' THEN coalesce(j.attempts, 0) + 1 ELSE 1 END,
                    leased_until = now() + interval '1 millisecond' * ?,
                    started_at = coalesce(j.started_at, now())
                FROM (
                    SELECT tenant_id, id FROM %1$s
                    WHERE state = 'queued' OR (state = 'running' AND leased_until < now())
                    ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
                ) AS next
                WHERE j.tenant_id = next.tenant_id AND j.id = next.id
                RETURNING to_jsonb(j)
                """
                        .formatted(table);
        this.complete =
                "UPDATE "
                        + table
                        + " SET state = 'completed', ended_at = now(), owner = NULL"
                        + HELD;
        this.fail =
                "UPDATE "
                        + table
                        + " SET state = 'failed', ended_at = now(), owner = NULL, failure = ?"
                        + HELD;
        this.release = "UPDATE " + table + " SET state = 'queued', owner = NULL" + HELD;
    }

    /**
     * A job that a worker holds.
     *
     * @param tenant whose
     * @param id its id
     * @param owner the worker
     */
    record Hold(TenantId tenant, UUID id, String owner) {}

    /**
     * The row of the job taken; empty when none waits. Its {@code attempts} count workers that were
     * lost at it in a row: one that was queued, given back or resumed begins at 1.
     */
    Optional<JsonObject> take(String owner, Duration lease) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(take)) {
                new Binder(statement).set(owner, lease.toMillis());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new JsonObject(row.getString(1)))
                            : Optional.empty();
                }
            }
        });
    }

    /** Completes it; false when it is no longer the worker's. */
    boolean complete(Hold hold) {
        return change(complete, hold);
    }

    /** Ends it with a reason; false when it is no longer the worker's. */
    boolean fail(Hold hold, String reason) {
        return change(
                fail,
                hold,
                reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
    }

    /** Gives it back; false when it is no longer the worker's. */
    boolean release(Hold hold) {
        return change(release, hold);
    }

    private boolean change(String update, Hold hold, Object... first) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(update)) {
                Binder binder = new Binder(statement);
                binder.set(first);
                binder.set(hold.tenant().value(), hold.id(), hold.owner());
                return statement.executeUpdate() == 1;
            }
        });
    }
}
