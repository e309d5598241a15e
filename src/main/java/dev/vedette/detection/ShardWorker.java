package dev.vedette.detection;

import dev.vedette.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works on one shard: takes its lease, replays what its last checkpoint does not hold, then reads,
 * judges and commits tick by tick.
 *
 * <p>Exactly once in effect: a tick's results, its watermark and the lease's epoch are checked and
 * stored in one transaction. Whatever fails before or in a commit, even with an unknown outcome,
 * the worker forgets all it knows and starts again from what is stored: states from the last
 * checkpoint, then the ticks after it cut at the same places as the first time, so that late points
 * are late again.
 *
 * <p>A changed threshold takes effect at a tick: the tick's watermark says by which revision of the
 * settings it was judged, and the replay judges it by that one again.
 *
 * <p>Not thread-safe: one thread at a time calls it, {@link #askToStop} excepted.
 */
final class ShardWorker {
    private final int shard;
    private final String owner;
    private final ShardStore store;
    private final LogNews news;
    private final Evaluation evaluation;
    private final Limits limits;
    private final InstantSource clock;
    private final Tracing tracing;
    private volatile boolean isStopping;
    private @Nullable HeldShard held;
    private Instant retryAt = Instant.MIN;

    ShardWorker(
            int shard,
            String owner,
            ShardStore store,
            LogNews news,
            Evaluation evaluation,
            Limits limits,
            InstantSource clock,
            Tracing tracing) {
        this.shard = shard;
        this.owner = owner;
        this.store = store;
        this.news = news;
        this.evaluation = evaluation;
        this.limits = limits;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * Bounds of one shard.
     *
     * @param tickPoints most points of a tick, about; above 0
     * @param bufferedPoints points since the last checkpoint that bring on the next one, above 0
     * @param evaluators evaluators kept in memory, about; above 0
     * @param nodeBuckets score buckets kept in memory, about; above 0
     * @param checkpointInterval time that brings on the next checkpoint
     * @param leaseTtl how long a lease holds without renewal
     */
    record Limits(
            int tickPoints,
            int bufferedPoints,
            int evaluators,
            int nodeBuckets,
            Duration checkpointInterval,
            Duration leaseTtl) {}

    /** What a call of {@link #tick()} met. */
    enum Outcome {
        /** Another worker holds the shard. */
        NOT_MINE,
        /** There was nothing new. */
        IDLE,
        /** There was something new, and now there is nothing more. */
        CAUGHT_UP,
        /** There is more to read. */
        MORE
    }

    /**
     * One tick, with taking or renewing the lease before it.
     *
     * @throws dev.vedette.ingestion.StorageUnavailableException when the database cannot be
     *     reached; the next call starts again from what is stored
     */
    Outcome tick() {
        try {
            HeldShard mine = hold();
            return mine == null ? Outcome.NOT_MINE : advance(mine);
        } catch (TickGivenUpException e) {
            release();
            return Outcome.IDLE;
        } catch (LeaseLostException e) {
            drop();
            return Outcome.NOT_MINE;
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
    }

    /**
     * Has a tick under way, or the replay before it, given up before its next series: whoever takes
     * the shard then begins where the last stored tick ended. None is given up once it is being
     * stored.
     */
    void askToStop() {
        isStopping = true;
    }

    private void goOn() {
        if (isStopping) {
            throw new TickGivenUpException(shard);
        }
    }

    /** Gives the shard back, so that another worker need not wait for the lease to expire. */
    void release() {
        HeldShard mine = held;
        drop();
        if (mine != null) {
            store.release(mine.lease);
        }
    }

    private void drop() {
        held = null;
        evaluation.listener().caughtUp(shard);
    }

    private @Nullable HeldShard hold() {
        Instant now = clock.instant();
        HeldShard mine = held;
        if (mine != null && now.isBefore(mine.renewAt)) {
            return mine;
        }
        if (mine != null && store.renew(mine.lease, limits.leaseTtl)) {
            mine.renewAt = now.plus(limits.leaseTtl.dividedBy(3));
            return mine;
        }
        if (mine != null) {
            drop();
        }
        return now.isBefore(retryAt) ? null : take(now);
    }

    private @Nullable HeldShard take(Instant now) {
        Optional<Lease> lease = store.acquire(shard, owner, limits.leaseTtl);
        if (lease.isEmpty()) {
            retryAt = now.plus(limits.leaseTtl.dividedBy(4));
            return null;
        }
        HeldShard mine = new HeldShard(store, evaluation, limits, clock, lease.get(), this::goOn);
        held = mine; // so that it is given back when the replay is given up
        mine.replay();
        return mine;
    }

    private Outcome advance(HeldShard mine) {
        Instant start = clock.instant();
        List<LogRow> rows =
                mine.isBehind || news.has(shard, mine.watermark)
                        ? store.read(shard, mine.watermark, Optional.empty(), limits.tickPoints)
                        : List.of();
        boolean due = mine.checkpointIsDue(rows, start);
        boolean caughtUp = HeldShard.points(rows) < limits.tickPoints;
        mine.isBehind = !caughtUp;
        boolean silent = mine.scorer.mayBeSilent(start, caughtUp);
        if (rows.isEmpty() && !due && !silent) {
            evaluation.listener().caughtUp(shard);
            return Outcome.IDLE;
        }
        TickTraces traces = TickTraces.begin(tracing, shard, rows);
        try {
            judge(mine, rows, traces, due, start);
        } catch (RuntimeException e) {
            traces.failed(e);
            throw e;
        }
        if (!caughtUp) {
            return Outcome.MORE;
        }
        return rows.isEmpty() ? Outcome.IDLE : Outcome.CAUGHT_UP;
    }

    private void judge(
            HeldShard mine, List<LogRow> rows, TickTraces traces, boolean due, Instant start) {
        SettingsSource.Revision settings = evaluation.settings().latest(mine.watermark.settings());
        TickFindings.Outcome found = mine.judge(rows, settings, start);
        boolean checkpoint = due || mine.scorer.hasRebuilt();
        mine.commit(rows, settings, found, traces.of(found.anomalies()), checkpoint, start);
        traces.committed(
                found.anomalies().size(),
                () -> evaluation.listener().ticked(report(rows, found, start, checkpoint)));
    }

    private DetectionListener.Tick report(
            List<LogRow> rows, TickFindings.Outcome found, Instant start, boolean checkpointed) {
        Instant end = clock.instant();
        Instant oldest = rows.stream().map(LogRow::committedAt).min(Instant::compareTo).orElse(end);
        return new DetectionListener.Tick(
                shard,
                found.judged(),
                found.late(),
                found.orphaned(),
                found.anomalies(),
                Duration.between(start, end),
                Duration.between(oldest, end),
                checkpointed);
    }
}
