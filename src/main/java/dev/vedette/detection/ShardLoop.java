package dev.vedette.detection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Runs one shard's worker on a virtual thread, one run at a time.
 *
 * <p>Each shard looks at its own moment of the interval: all at once, twice a second, would take
 * the processors and the database from whoever waits for an answer.
 */
final class ShardLoop {
    private static final Logger LOG = Logger.getLogger(ShardLoop.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final int shard;
    private final ShardWorker worker;
    private final FairShare share;
    private final Semaphore atOnce;
    private final Looks looks;

    /** Runs asked for: the one under way, and at most one that follows it. */
    private final AtomicInteger asked = new AtomicInteger();

    private volatile long askedAt;
    private volatile boolean stopping;
    private boolean failing;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    /**
     * With the worker of that shard.
     *
     * @param share says whether the shard is to be worked on
     * @param atOnce a permit for each tick that may be under way in this process
     * @param looks when it looks for new points
     */
    ShardLoop(int shard, ShardWorker worker, FairShare share, Semaphore atOnce, Looks looks) {
        this.shard = shard;
        this.worker = worker;
        this.share = share;
        this.atOnce = atOnce;
        this.looks = looks;
    }

    /**
     * The looks of a run.
     *
     * @param turn time from the run's begin to its first look
     * @param interval time from one look to the next
     * @param count how many there are, above 0
     */
    record Looks(Duration turn, Duration interval, int count) {}

    /** Starts a run, or has one follow that is under way. */
    synchronized void start() {
        askedAt = System.nanoTime();
        if (!stopping && asked.getAndUpdate(runs -> Math.min(runs + 1, 2)) == 0) {
            thread = Thread.ofVirtual().name("shard-" + shard).start(this::runs);
        }
    }

    /** No new tick begins from now on, and the one under way is given up. */
    void askToStop() {
        stopping = true;
        worker.askToStop();
    }

    /** Waits for the run under way and gives the shard back. */
    synchronized void stop() {
        askToStop();
        try {
            if (thread.getState() == Thread.State.NEW || thread.join(STOP_PATIENCE)) {
                worker.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The lease expires by itself.
            LOG.debugf(e, "shard not given back shard=%d", shard);
        }
    }

    private void runs() {
        boolean ended = false;
        try {
            do {
                run();
            } while (asked.decrementAndGet() > 0);
            ended = true;
        } finally {
            if (!ended) {
                // an Error: the next round begins anew
                asked.set(0);
            }
        }
    }

    private void run() {
        long began = askedAt;
        for (int look = 0; look < looks.count && !stopping; look++) {
            long due = began + looks.turn.plus(looks.interval.multipliedBy(look)).toNanos();
            ShardWorkers.pause(Duration.ofNanos(due - System.nanoTime()));
            drain();
        }
    }

    /** One tick, if the shard is ours; returns whether there is more to read. */
    private boolean look() {
        return switch (share.decide(shard)) {
            case LEAVE -> false;
            case GIVE_BACK -> giveBack();
            case WORK -> work();
        };
    }

    private boolean giveBack() {
        worker.release();
        return false;
    }

    private boolean work() {
        ShardWorker.Outcome outcome = tick();
        if (outcome == ShardWorker.Outcome.NOT_MINE) {
            share.lost(shard);
        }
        return outcome == ShardWorker.Outcome.MORE;
    }

    private ShardWorker.Outcome tick() {
        try {
            atOnce.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ShardWorker.Outcome.IDLE;
        }
        try {
            // those that waited for their turn would each still judge what they have to catch up on
            return stopping ? ShardWorker.Outcome.IDLE : worker.tick();
        } finally {
            atOnce.release();
        }
    }

    private void drain() {
        try {
            boolean more = true;
            while (!stopping && more) {
                more = look();
            }
            failing = false;
        } catch (RuntimeException e) {
            // Said once, not twice a second for as long as the database is away.
            if (!failing) {
                LOG.warnf(e, "evaluation of a shard failed, trying again shard=%d", shard);
            }
            failing = true;
        }
    }
}
