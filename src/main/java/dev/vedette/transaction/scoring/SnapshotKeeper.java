package dev.vedette.transaction.scoring;

import java.util.concurrent.atomic.AtomicBoolean;
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
     * Reserves the one place, for a snapshot that is about to be written: to be given to {@link
     * #keep}, or back by {@link #free}.
     *
     * @return false when another has it, or none is kept any more
     */
    boolean reserve() {
        return !isStopping && isBusy.compareAndSet(false, true);
    }

    /** Gives the place back that was reserved. */
    void free() {
        isBusy.set(false);
    }

    /** Keeps what the place was reserved for, on a thread of its own, and frees it then. */
    void keep(TenantSnapshot written) {
        Thread.ofVirtual().name("snapshot").start(() -> keepAndFree(written));
    }

    private void keepAndFree(TenantSnapshot written) {
        try {
            store.keep(written.finish());
        } catch (RuntimeException e) {
            Logger.Level level = isStopping ? Logger.Level.DEBUG : Logger.Level.WARN;
            LOG.logf(level, "snapshot not kept tenant=%s: %s", written.tenant().value(), e);
        } finally {
            free();
        }
    }

    /** Takes no more; one that is being kept may fail as the database goes. */
    void stop() {
        isStopping = true;
    }
}
