package dev.vedette.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class QueueWorkerTest {
    private final Queue<String> waiting = new ArrayDeque<>(List.of("first", "second", "third"));
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksAreWorkedOffInTheirOrderOnAPlatformThreadOfItsName() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        QueueWorker<String> worker =
                new QueueWorker<>(
                        "tasks",
                        owner -> Optional.ofNullable(waiting.poll()),
                        task -> {
                            done.add(task);
                            thread.set(Thread.currentThread());
                        });
        worker.run();
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals("tasks", thread.get().getName());
        assertFalse(thread.get().isVirtual());
    }

    @Test
    void aStoppedWorkerEndsItsTaskAndTakesNoOther() {
        List<QueueWorker<String>> workers = new ArrayList<>();
        QueueWorker<String> worker =
                new QueueWorker<>(
                        "tasks",
                        owner -> Optional.ofNullable(waiting.poll()),
                        task -> {
                            workers.getFirst().stop();
                            done.add(task);
                        });
        workers.add(worker);
        worker.run();
        assertEquals(List.of("first"), done);
        assertEquals(2, waiting.size());
        worker.run();
        assertEquals(2, waiting.size());
    }

    @Test
    void aQueueThatFailsIsAskedAgainInTheNextRun() {
        AtomicInteger asked = new AtomicInteger();
        QueueWorker<String> worker =
                new QueueWorker<>(
                        "tasks",
                        owner -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new IllegalStateException("the database is away");
                            }
                            return Optional.ofNullable(waiting.poll());
                        },
                        done::add);
        worker.run();
        assertEquals(List.of(), done);
        worker.run();
        assertEquals(3, done.size());
    }

    @Test
    void itRestsInProportionAndWhileOthersNeedTheProcessorsButNotForEver() {
        QueueWorker<String> worker = new QueueWorker<>("tasks", owner -> Optional.empty(), t -> {});
        AtomicInteger asked = new AtomicInteger();
        assertTrue(worker.rest(Duration.ofMillis(1), 1, Duration.ofHours(1), () -> false));
        assertTrue(
                worker.rest(
                        Duration.ofMillis(1),
                        1,
                        Duration.ofHours(1),
                        () -> asked.incrementAndGet() < 2));
        assertEquals(2, asked.get());
        assertTrue(worker.rest(Duration.ofHours(1), .5, Duration.ofMillis(1), () -> true));
    }

    @Test
    void aWorkerThatIsToStopDoesNotRest() {
        QueueWorker<String> worker = new QueueWorker<>("tasks", owner -> Optional.empty(), t -> {});
        worker.stop();
        assertTrue(worker.isStopping());
        assertFalse(worker.rest(Duration.ofHours(1), .5, Duration.ofHours(1), () -> true));
    }
}
