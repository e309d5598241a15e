package dev.vedette.transaction.scoring;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.Handled;
import dev.vedette.transaction.intake.TooManyWaitingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
    /** Most looks that are left out while nothing waits. */
    private static final int QUIET = 9;

    private final int shard;
    private final String owner;
    private final DecisionStore store;
    private final Supplier<ShardJudge> judges;
    private final Limits limits;
    private final InstantSource clock;
    private final ArrayBlockingQueue<Asked> inbox;
    private volatile boolean isOpen;
    private @Nullable Held held;
    private Instant retryAt = Instant.MIN;

    /**
     * Bounds of a desk.
     *
     * @param waiting most requests that wait
     * @param tick most transactions that share a commit, about
     * @param leaseTtl how long a lease holds without renewal
     * @param look how often the queue is looked at
     */
    record Limits(int waiting, int tick, Duration leaseTtl, Duration look) {}

    private record Asked(List<ReceivedTransaction> of, CompletableFuture<List<Handled>> done) {}

    /** What is known while the lease holds. */
    private static final class Held {
        private final ShardLease lease;
        private final ShardJudge judge;
        private long seq;
        private Instant renewAt;
        private Instant lookAt = Instant.MIN;
        private int quietLooks;

        Held(ShardLease lease, ShardJudge judge, Instant renewAt) {
            this.lease = lease;
            this.judge = judge;
            this.seq = lease.seq();
            this.renewAt = renewAt;
        }
    }

    ShardDesk(
            int shard,
            String owner,
            DecisionStore store,
            Supplier<ShardJudge> judges,
            Limits limits,
            InstantSource clock) {
        this.shard = shard;
        this.owner = owner;
        this.store = store;
        this.judges = judges;
        this.limits = limits;
        this.clock = clock;
        this.inbox = new ArrayBlockingQueue<>(limits.waiting());
    }

    /** See {@link dev.vedette.transaction.intake.DecisionDesk#offer}. */
    Optional<CompletionStage<List<Handled>>> offer(List<ReceivedTransaction> of) {
        if (!isOpen) {
            return Optional.empty();
        }
        Asked asked = new Asked(List.copyOf(of), new CompletableFuture<>());
        if (!inbox.offer(asked)) {
            throw new TooManyWaitingException(inbox.size());
        }
        // Closed in between: whoever closed may have emptied the inbox before this came in.
        if (!isOpen && inbox.remove(asked)) {
            return Optional.empty();
        }
        return Optional.of(asked.done());
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
            List<Asked> batch = batch();
            try {
                decide(mine, batch);
            } catch (RuntimeException e) {
                fail(batch, e);
                throw e;
            }
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
        isOpen = false;
        held = null;
        List<Asked> left = new ArrayList<>();
        inbox.drainTo(left);
        fail(left, new IllegalStateException("the shard is decided elsewhere"));
    }

    private static void fail(List<Asked> asked, RuntimeException cause) {
        StorageUnavailableException unknown =
                cause instanceof StorageUnavailableException known
                        ? known
                        : new StorageUnavailableException(
                                "the transactions could not be decided", cause);
        asked.forEach(one -> one.done().completeExceptionally(unknown));
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
        Held mine = new Held(lease.get(), judge, now.plus(limits.leaseTtl.dividedBy(3)));
        held = mine;
        isOpen = true;
        return mine;
    }

    private List<Asked> batch() throws InterruptedException {
        Asked first = inbox.poll(limits.look.toMillis(), TimeUnit.MILLISECONDS);
        List<Asked> batch = new ArrayList<>();
        int size = 0;
        for (Asked next = first; next != null; next = inbox.poll()) {
            batch.add(next);
            size += next.of().size();
            if (size >= limits.tick) {
                break;
            }
        }
        return batch;
    }

    private void decide(Held mine, List<Asked> batch) {
        List<DecisionStore.Due> due = due(mine);
        if (due.isEmpty() && batch.isEmpty()) {
            return;
        }
        List<ReceivedTransaction> asked =
                Stream.concat(
                                due.stream().map(DecisionStore.Due::received),
                                batch.stream().flatMap(one -> one.of().stream()))
                        .toList();
        List<JudgedTransaction> judged =
                store.decide(
                        mine.lease,
                        mine.seq,
                        asked,
                        due.stream().map(DecisionStore.Due::id).toList(),
                        mine.judge::judge,
                        mine.judge::snapshotsDue);
        mine.seq += judged.size();
        answer(batch, due.stream().map(one -> one.received().key()).toList(), judged);
    }

    private List<DecisionStore.Due> due(Held mine) {
        Instant now = clock.instant();
        if (now.isBefore(mine.lookAt)) {
            return List.of();
        }
        List<DecisionStore.Due> due = store.due(shard, limits.tick);
        // A queue that stays empty, as in a single process, is looked at less and less often.
        mine.quietLooks = due.isEmpty() ? Math.min(QUIET, mine.quietLooks + 1) : 0;
        mine.lookAt =
                due.size() < limits.tick
                        ? now.plus(limits.look.multipliedBy(1 + mine.quietLooks))
                        : now;
        return due;
    }

    private static void answer(
            List<Asked> batch,
            List<ReceivedTransaction.Key> queued,
            List<JudgedTransaction> judged) {
        Map<ReceivedTransaction.Key, JudgedTransaction> fresh = new HashMap<>();
        judged.forEach(one -> fresh.put(one.received().key(), one));
        Set<ReceivedTransaction.Key> told = new HashSet<>(queued);
        for (Asked asked : batch) {
            List<Handled> handled = new ArrayList<>(asked.of().size());
            for (ReceivedTransaction one : asked.of()) {
                JudgedTransaction decided = fresh.get(one.key());
                // what waited under the same key, or came before it in this batch, was the first
                boolean isFirst = decided != null && told.add(one.key());
                handled.add(
                        new Handled(
                                one,
                                !isFirst,
                                Optional.ofNullable(decided).map(JudgedTransaction::decision)));
            }
            asked.done().complete(handled);
        }
    }
}
