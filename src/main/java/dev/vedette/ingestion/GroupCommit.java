package dev.vedette.ingestion;

import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Tracing;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests share transactions: those that come within a short linger, or while every lane is
 * busy, are appended to the log together. Each waits for the commit that holds it, and fails when
 * that fails: nothing is acknowledged that was not appended. After a failure the outcome of the
 * lane is unknown, so it is given up and a new one opened.
 *
 * <p>Thread-safe: one lock guards the queue and the idle lanes; it is never held while splitting,
 * writing or completing.
 */
public final class GroupCommit {
    private final PointLog log;
    private final CommitSettings settings;
    private final Executor linger;
    private final Executor workers;
    private final IngestionMetrics metrics;
    private final Tracing tracing;

    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue queue;
    private final ArrayDeque<LaneSlot> idle = new ArrayDeque<>();
    private boolean lingering;

    /**
     * Over that log.
     *
     * @param linger runs a task after the linger time
     * @param workers runs a task now; never on the caller's thread in production, where that is an
     *     event loop
     */
    public GroupCommit(
            PointLog log,
            CommitSettings settings,
            Executor linger,
            Executor workers,
            IngestionMetrics metrics,
            Tracing tracing) {
        this.log = log;
        this.settings = settings;
        this.linger = linger;
        this.workers = workers;
        this.metrics = metrics;
        this.tracing = tracing;
        this.queue = new FairQueue(settings.maxQueuedBytes(), settings.maxTenantBytes());
        for (int i = 0; i < settings.lanes(); i++) {
            idle.add(new LaneSlot());
        }
        metrics.observeQueue(this::queuedBytes, settings.maxQueuedBytes());
    }

    /**
     * Stores the request's points.
     *
     * @return completes once they are durable; fails with {@link StorageUnavailableException} when
     *     nothing is known to be stored
     * @throws TooManyPointsException when the tenant has too much waiting
     * @throws IngestionBusyException when too much is waiting altogether
     */
    Uni<Void> commit(CommitRequest request) {
        boolean full;
        boolean startLinger = false;
        lock.lock();
        try {
            queue.put(request);
            full = queue.waitingPoints() >= settings.maxPointsPerCommit();
            if (!idle.isEmpty() && !full && !lingering) {
                lingering = true;
                startLinger = true;
            }
        } finally {
            lock.unlock();
        }
        if (full) {
            workers.execute(this::drain);
        } else if (startLinger) {
            linger.execute(this::lingered);
        }
        return Uni.createFrom().completionStage(request.done());
    }

    private void lingered() {
        lock.lock();
        try {
            lingering = false;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /** Gives waiting requests to idle lanes, as far as there are both. */
    private void drain() {
        while (true) {
            LaneSlot slot;
            List<CommitRequest> group;
            lock.lock();
            try {
                if (idle.isEmpty() || queue.waitingPoints() == 0) {
                    return;
                }
                slot = idle.remove();
                group = queue.take(settings.maxPointsPerCommit());
            } finally {
                lock.unlock();
            }
            workers.execute(() -> append(slot, group));
        }
    }

    private void append(LaneSlot slot, List<CommitRequest> group) {
        long started = System.nanoTime();
        SharedWork commit = CommitTraces.begin(tracing, group);
        Uni.createFrom()
                .deferred(() ->
                        slot.append(log, CommitTraces.mark(ShardSplit.split(group), group, commit)))
                .ifNoItem()
                .after(settings.timeout())
                .fail()
                .subscribe()
                .with(
                        done -> {
                            Duration took = Duration.ofNanos(System.nanoTime() - started);
                            commit.run(() -> metrics.committed(group, took));
                            commit.end();
                            finish(slot, group);
                            group.forEach(request -> request.done().complete(null));
                        },
                        failure -> {
                            slot.abandon();
                            commit.failed(failure);
                            commit.end();
                            metrics.commitFailed(group);
                            finish(slot, group);
                            StorageUnavailableException unknown = unavailable(failure);
                            group.forEach(request -> request.done().completeExceptionally(unknown));
                        });
    }

    private static StorageUnavailableException unavailable(Throwable failure) {
        return failure instanceof StorageUnavailableException known
                ? known
                : new StorageUnavailableException("the points could not be stored", failure);
    }

    private void finish(LaneSlot slot, List<CommitRequest> group) {
        lock.lock();
        try {
            queue.release(group);
            idle.add(slot);
        } finally {
            lock.unlock();
        }
        drain();
    }

    private long queuedBytes() {
        lock.lock();
        try {
            return queue.bytes();
        } finally {
            lock.unlock();
        }
    }
}
