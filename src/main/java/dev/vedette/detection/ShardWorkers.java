package dev.vedette.detection;

import dev.vedette.series.Shards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The workers of all shards, each on its own virtual thread while there is something to do: a shard
 * with a backlog does not hold up the others.
 */
final class ShardWorkers {
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final List<ShardLoop> loops;

    /**
     * With a worker for each shard.
     *
     * @param interval how often each looks for new points
     */
    ShardWorkers(IntFunction<ShardWorker> workers, Duration interval) {
        int looks = Math.max(1, (int) ROUND.dividedBy(interval));
        this.loops =
                IntStream.range(0, Shards.COUNT)
                        .mapToObj(shard ->
                                new ShardLoop(shard, workers.apply(shard), interval, looks))
                        .toList();
    }

    /** Has every shard that is not at work already looked at, for about a second. */
    void round() {
        loops.forEach(ShardLoop::start);
    }

    /** Stops all loops after the tick they are in, and gives the shards back. */
    void stop() {
        loops.forEach(ShardLoop::askToStop);
        loops.forEach(ShardLoop::stop);
    }

    /** Waits, unless the thread is interrupted. */
    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
