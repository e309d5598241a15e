package dev.vedette.transaction.scoring;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps snapshots of tenants while decisions go on: a snapshot of many accounts takes seconds to
 * write, and payments wait for their answers. One at a time in a process, whatever the number of
 * its shards, as each is a copy of what a tenant's desk has in memory. One that fails is let go:
 * the next comes within minutes, and until then a restart replays more. Thread-safe.
 */
final class SnapshotKeeper {
    private static final Logger LOG = Logger.getLogger(SnapshotKeeper.class);

    private final DecisionStore store;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private volatile boolean isStopping;

    SnapshotKeeper(DecisionStore store) {
        this.store = store;
    }

    /**
     * Keeps what is due, on a thread of its own, unless another is being kept.
     *
     * @param due asked, by the caller's thread, only if nothing is being kept
     */
    void offer(Supplier<Optional<DecisionStore.Snapshot>> due) {
        if (isStopping || !isBusy.compareAndSet(false, true)) {
            return;
        }
        boolean isStarted = false;
        try {
            Optional<DecisionStore.Snapshot> snapshot = due.get();
            if (snapshot.isPresent()) {
                Thread.ofVirtual().name("snapshot").start(() -> keep(snapshot.get()));
                isStarted = true;
            }
        } finally {
            if (!isStarted) {
                isBusy.set(false);
            }
        }
    }

    private void keep(DecisionStore.Snapshot snapshot) {
        try {
            store.keep(snapshot);
        } catch (RuntimeException e) {
            Logger.Level level = isStopping ? Logger.Level.DEBUG : Logger.Level.WARN;
            LOG.logf(level, "snapshot not kept tenant=%s: %s", snapshot.tenant().value(), e);
        } finally {
            isBusy.set(false);
        }
    }

    /** Takes no more; one that is being kept may fail as the database goes. */
    void stop() {
        isStopping = true;
    }
}
