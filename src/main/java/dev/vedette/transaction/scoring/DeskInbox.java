package dev.vedette.transaction.scoring;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.Handled;
import dev.vedette.transaction.intake.TooManyWaitingException;
import java.time.Duration;
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
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that were handed to a desk in this process, until they are answered. {@link #offer} may
 * be called by any thread, the rest by one.
 */
final class DeskInbox {
    private final ArrayBlockingQueue<Asked> waiting;
    private volatile boolean isOpen;

    /** Whether requests came while those before them were decided. */
    private boolean isCrowded;

    /** A closed one for so many requests. */
    DeskInbox(int most) {
        this.waiting = new ArrayBlockingQueue<>(most);
    }

    /** A request, and where its answer goes. */
    record Asked(List<ReceivedTransaction> of, CompletableFuture<List<Handled>> done) {}

    /** See {@link dev.vedette.transaction.intake.DecisionDesk#offer}. */
    Optional<CompletionStage<List<Handled>>> offer(List<ReceivedTransaction> of) {
        if (!isOpen) {
            return Optional.empty();
        }
        Asked asked = new Asked(List.copyOf(of), new CompletableFuture<>());
        if (!waiting.offer(asked)) {
            throw new TooManyWaitingException(waiting.size());
        }
        // Closed in between: whoever closed may have emptied the inbox before this came in.
        if (!isOpen && waiting.remove(asked)) {
            return Optional.empty();
        }
        return Optional.of(asked.done());
    }

    /** Takes requests from now on. */
    void open() {
        isOpen = true;
    }

    /** Takes no more, and fails those that wait. */
    void close() {
        isOpen = false;
        List<Asked> left = new ArrayList<>();
        waiting.drainTo(left);
        fail(left, new IllegalStateException("the shard is decided elsewhere"));
    }

    /**
     * The requests that wait; waits a moment for the first. Where several were under way lately, it
     * waits another one for company: a commit costs the same for one as for ten.
     *
     * @param patience longest wait for the first
     * @param linger wait for company
     * @param transactions about how many of them together, at most
     */
    List<Asked> take(Duration patience, Duration linger, int transactions)
            throws InterruptedException {
        List<Asked> batch = new ArrayList<>();
        int size = 0;
        Asked next = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null && isCrowded && next.of().size() < transactions) {
            LockSupport.parkNanos(linger.toNanos());
        }
        while (next != null) {
            batch.add(next);
            size += next.of().size();
            next = size < transactions ? waiting.poll() : null;
        }
        if (!batch.isEmpty()) {
            isCrowded = batch.size() > 1;
        }
        return batch;
    }

    /** Tells requests that nothing of them is known to be stored. */
    static void fail(List<Asked> asked, RuntimeException cause) {
        StorageUnavailableException unknown =
                cause instanceof StorageUnavailableException known
                        ? known
                        : new StorageUnavailableException(
                                "the transactions could not be decided", cause);
        asked.forEach(one -> one.done().completeExceptionally(unknown));
    }

    /**
     * Answers requests.
     *
     * @param queued keys that waited in the queue and were decided with them
     * @param judged what was new of both
     */
    static void answer(
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
