package dev.vedette.detection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.Shards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardLoopTest {
    private static final ShardWorker.Limits LIMITS =
            new ShardWorker.Limits(1000, 1000, 100, 100, Duration.ofHours(1), WorkerWorld.TTL);

    /** A permit is for one tick, and is not given back. */
    private static final class Tickets extends Semaphore {
        private static final long serialVersionUID = 1;

        Tickets() {
            super(0);
        }

        @Override
        public void release() {
            // used up
        }
    }

    private final Tickets tickets = new Tickets();
    private final ShardLoop loop = loop();

    private ShardLoop loop() {
        FairShare share = new FairShare(1);
        share.count(1);
        return new ShardLoop(
                0,
                new WorkerWorld(1, 1).worker("me", LIMITS),
                share,
                tickets,
                new ShardLoop.Looks(Duration.ZERO, Duration.ZERO, 1));
    }

    @Test
    void oneRunFollowsThatUnderWayHoweverManyWereAskedFor() {
        loop.start();
        await().until(tickets::hasQueuedThreads);
        loop.start();
        loop.start();
        tickets.release(5);
        await().until(() -> tickets.availablePermits() == 3);
        loop.stop();
        assertEquals(3, tickets.availablePermits());
    }

    @Test
    void runBeginsAfterTheLastHasEnded() {
        tickets.release(2);
        loop.start();
        await().until(() -> tickets.availablePermits() == 1);
        loop.start();
        await().until(() -> tickets.availablePermits() == 0);
        loop.stop();
    }

    @ParameterizedTest(name = "every {0} ms")
    @ValueSource(ints = {100, 500, 1000, 5000})
    void looksOfTheShardsAreSpreadOverTheIntervalOrASecond(int millis) {
        Duration interval = Duration.ofMillis(millis);
        List<Duration> turns =
                IntStream.range(0, Shards.COUNT)
                        .mapToObj(shard -> ShardWorkers.looks(shard, interval).turn())
                        .toList();
        Duration spread = Duration.ofMillis(Math.min(millis, 1000));
        Duration apart = spread.dividedBy(Shards.COUNT);
        assertEquals(Duration.ZERO, turns.getFirst());
        for (int i = 1; i < turns.size(); i++) {
            Duration gap = turns.get(i).minus(turns.get(i - 1));
            assertTrue(gap.minus(apart).abs().compareTo(Duration.ofMillis(1)) < 0, gap::toString);
        }
        assertTrue(turns.getLast().plus(apart).compareTo(spread.plusMillis(1)) < 0);
    }
}
