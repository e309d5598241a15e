package dev.vedette.transaction.scoring;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Tracing;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.Handled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides the transactions of one shard: those handed over in this process, and those that wait in
 * the queue.
 *
 * <p>Exactly once in effect: the keys of new transactions, their decisions and what follows from
 * them, the end of their waiting and the number of the last decision are stored in one transaction,
 * which only the holder of the shard's lease can commit, and only if nothing was decided since it
 * last looked. Whatever fails, even with an unknown outcome, the desk forgets all it knows and
 * starts again from what is stored.
 *
 * <p>{@link #offer} may be called by any thread, the rest by one.
 */
final class ShardDesk {
    private final int shard;
    private final String owner;
    private final DecisionStore store;
    private final QueueNews news;
    private final Supplier<ShardJudge> judges;
    private final SnapshotKeeper keeper;
    private final Limits limits;
    private final InstantSource clock;
    private final Tracing tracing;
    private final DeskInbox inbox;
    private @Nullable Held held;
    private Instant retryAt = Instant.MIN;

    /**
     * Bounds of a desk.
     *
     * @param waiting most requests that wait
     * @param tick most transactions that share a commit, about
     * @param leaseTtl how long a lease holds without renewal
     * @param look how often the queue is looked at
     * @param linger how long those of a crowd wait for each other
     */
    record Limits(int waiting, int tick, Duration leaseTtl, Duration look, Duration linger) {}

    /** What is known while the lease holds. */
    private static final class Held {
        private final ShardLease lease;
        private final ShardJudge judge;
        private final SnapshotTaker snapshots;
        private long seq;
        private Instant renewAt;
        private Instant lookAt = Instant.MIN;

        Held(ShardLease lease, ShardJudge judge, SnapshotTaker snapshots, Instant renewAt) {
            this.lease = lease;
            this.judge = judge;
            this.snapshots = snapshots;
            this.seq = lease.seq();
            this.renewAt = renewAt;
        }
    }

    ShardDesk(
            int shard,
            String owner,
            DecisionStore store,
            QueueNews news,
            Supplier<ShardJudge> judges,
            SnapshotKeeper keeper,
            Limits limits,
            InstantSource clock,
            Tracing tracing) {
        this.shard = shard;
        this.owner = owner;
        this.store = store;
        this.news = news;
        this.judges = judges;
        this.keeper = keeper;
        this.limits = limits;
        this.clock = clock;
        this.tracing = tracing;
        this.inbox = new DeskInbox(limits.waiting());
    }

    /** See {@link dev.vedette.transaction.intake.DecisionDesk#offer}. */
    Optional<CompletionStage<List<Handled>>> offer(List<ReceivedTransaction> of) {
        return inbox.offer(of);
    }

    /**
     * Waits a moment for transactions and decides what has come.
     *
     * @return false when another process holds the shard
     * @throws StorageUnavailableException when the database cannot be reached; the next call starts
     *     again from what is stored
     */
    boolean work() throws InterruptedException {
        try {
            Held mine = hold();
            if (mine == null) {
                return false;
            }
            List<DeskInbox.Asked> batch =
                    inbox.take(mine.snapshots.patience(limits.look), limits.linger, limits.tick);
            try {
                decide(mine, batch);
            } catch (RuntimeException e) {
                DeskInbox.fail(batch, e);
                throw e;
            }
            mine.snapshots.work(mine.seq);
            return true;
        } catch (ShardLostException e) {
            close();
            return false;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Gives the shard back, so that another process need not wait for the lease to expire. */
    void release() {
        Held mine = held;
        close();
        if (mine != null) {
            store.release(mine.lease);
        }
    }

    private void close() {
        if (held != null) {
            held.snapshots.drop();
        }
        held = null;
        inbox.close();
    }

    private @Nullable Held hold() {
        Instant now = clock.instant();
        Held mine = held;
        if (mine != null && now.isBefore(mine.renewAt)) {
            return mine;
        }
        if (mine != null && store.renew(mine.lease, limits.leaseTtl)) {
            mine.renewAt = now.plus(limits.leaseTtl.dividedBy(3));
            return mine;
        }
        if (mine != null) {
            close();
        }
        return now.isBefore(retryAt) ? null : take(now);
    }

    private @Nullable Held take(Instant now) {
        Optional<ShardLease> lease = store.acquire(shard, owner, limits.leaseTtl);
        if (lease.isEmpty()) {
            retryAt = now.plus(limits.leaseTtl.dividedBy(4));
            return null;
        }
        ShardJudge judge = judges.get();
        Held mine =
                new Held(
                        lease.get(),
                        judge,
                        new SnapshotTaker(judge, keeper, clock),
                        now.plus(limits.leaseTtl.dividedBy(3)));
        held = mine;
        inbox.open();
        return mine;
    }

    private void decide(Held mine, List<DeskInbox.Asked> batch) {
        List<DecisionStore.Due> due = due(mine);
        if (due.isEmpty() && batch.isEmpty()) {
            return;
        }
        List<ReceivedTransaction> asked =
                Stream.concat(
                                due.stream().map(DecisionStore.Due::received),
                                batch.stream().flatMap(one -> one.of().stream()))
                        .toList();
        List<Long> done = due.stream().map(DecisionStore.Due::id).toList();
        List<JudgedTransaction> judged = decide(mine, asked, done);
        mine.seq += judged.size();
        DeskInbox.answer(batch, due.stream().map(one -> one.received().key()).toList(), judged);
    }

    private List<JudgedTransaction> decide(
            Held mine, List<ReceivedTransaction> asked, List<Long> done) {
        SharedWork deciding =
                tracing.share(
                        "decide",
                        asked.stream()
                                .map(ReceivedTransaction::trace)
                                .flatMap(Optional::stream)
                                .toList());
        deciding.set("vedette.shard", shard).set("vedette.transactions", asked.size());
        try {
            return store.decide(
                    mine.lease, mine.seq, under(deciding, asked), done, mine.judge::judge);
        } catch (RuntimeException e) {
            deciding.failed(e);
            throw e;
        } finally {
            deciding.end();
        }
    }

    /** What a decision raises goes on under it. */
    private static List<ReceivedTransaction> under(
            SharedWork deciding, List<ReceivedTransaction> asked) {
        return deciding == SharedWork.NONE
                ? asked
                : asked.stream()
                        .map(one -> one.under(one.trace().flatMap(deciding::placeIn)))
                        .toList();
    }

    private List<DecisionStore.Due> due(Held mine) {
        Instant now = clock.instant();
        if (now.isBefore(mine.lookAt) || !news.has(shard)) {
            return List.of();
        }
        List<DecisionStore.Due> due = store.due(shard, limits.tick);
        mine.lookAt = due.size() < limits.tick ? now.plus(limits.look) : now;
        return due;
    }
}
