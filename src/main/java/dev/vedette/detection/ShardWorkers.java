package dev.vedette.detection;

import dev.vedette.series.Shards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The workers of all shards, each on its own virtual thread while there is something to do: a shard
 * with a backlog does not hold up the others.
 */
final class ShardWorkers {
    private static final Logger LOG = Logger.getLogger(ShardWorkers.class);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final String owner;
    private final ShardStore store;
    private final Duration ttl;
    private final FairShare share = new FairShare(Shards.COUNT);
    // What a tick reads and finds is in memory until it is stored: more at once than keep the
    // processors and the database busy would only hold more.
    private final Semaphore atOnce =
            new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);
    private final List<ShardLoop> loops;

    /**
     * With a worker for each shard.
     *
     * @param owner this process
     * @param ttl how long its leases hold, and how long it is believed to live
     * @param interval how often each looks for new points
     */
    ShardWorkers(
            String owner,
            ShardStore store,
            Duration ttl,
            IntFunction<ShardWorker> workers,
            Duration interval) {
        this.owner = owner;
        this.store = store;
        this.ttl = ttl;
        this.loops =
                IntStream.range(0, Shards.COUNT)
                        .mapToObj(shard ->
                                new ShardLoop(
                                        shard,
                                        workers.apply(shard),
                                        share,
                                        atOnce,
                                        looks(shard, interval)))
                        .toList();
    }

    /** When the shard looks: spread over the interval, in a round of a second. */
    static ShardLoop.Looks looks(int shard, Duration interval) {
        Duration spread = interval.compareTo(ROUND) < 0 ? interval : ROUND;
        return new ShardLoop.Looks(
                spread.multipliedBy(shard).dividedBy(Shards.COUNT),
                interval,
                Math.max(1, (int) ROUND.dividedBy(interval)));
    }

    /**
     * Has every shard of this process's share looked at, for a second; one that is still at work of
     * the round before, after that.
     */
    void round() {
        try {
            share.count(store.beat(owner, ttl));
        } finally {
            // without a count the share stays what it was
            loops.forEach(ShardLoop::start);
        }
    }

    /** Has all loops give up the ticks they are in; waits for nothing. */
    void askToStop() {
        loops.forEach(ShardLoop::askToStop);
    }

    /** Stops all loops, and gives the shards back. */
    void stop() {
        askToStop();
        loops.forEach(ShardLoop::stop);
        try {
            store.leave(owner);
        } catch (RuntimeException e) {
            // It is forgotten by itself.
            LOG.debugf(e, "worker not signed off owner=%s", owner);
        }
    }

    /** How many shards this process works on. */
    int held() {
        return share.held();
    }

    /** Waits, unless the thread is interrupted. */
    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
