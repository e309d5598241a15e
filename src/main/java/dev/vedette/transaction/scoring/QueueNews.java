package dev.vedette.transaction.scoring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Tells which shards have transactions that wait in the queue: asked for all desks of a process at
 * once, as a transaction for each of them every second is what an idle service would spend its time
 * on. Thread-safe: one monitor guards all, so that of desks that look at the same time one asks.
 */
final class QueueNews {
    /** Most looks that are left out while nothing waits. */
    private static final int QUIET = 9;

    private final DecisionStore store;
    private final Duration look;
    private final InstantSource clock;
    private Set<Integer> waiting = Set.of();
    private Instant staleAt = Instant.MIN;
    private int quietLooks;

    /**
     * Of that store's queue.
     *
     * @param look how often it is looked at while transactions wait; ten times less often while it
     *     stays empty, as in a single process
     */
    QueueNews(DecisionStore store, Duration look, InstantSource clock) {
        this.store = store;
        this.look = look;
        this.clock = clock;
    }

    /**
     * Whether transactions of the shard wait.
     *
     * @throws dev.vedette.ingestion.StorageUnavailableException when the database cannot be reached
     */
    synchronized boolean has(int shard) {
        if (!clock.instant().isBefore(staleAt)) {
            waiting = store.waiting();
            quietLooks = waiting.isEmpty() ? Math.min(QUIET, quietLooks + 1) : 0;
            staleAt = clock.instant().plus(look.multipliedBy(1 + quietLooks));
        }
        return waiting.contains(shard);
    }
}
