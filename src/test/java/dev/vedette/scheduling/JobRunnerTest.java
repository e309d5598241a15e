package dev.vedette.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Scheduler.JobDefinition;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JobRunnerTest {
    /** Takes long, unless it is asked to stop. */
    private static final class LongJob implements PeriodicJob {
        private volatile boolean isAsked;

        @Override
        public String name() {
            return "long";
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void askToStop() {
            isAsked = true;
        }

        @Override
        public void run() {
            throw new IllegalStateException("nothing runs it");
        }
    }

    /** Remembers what it is to run, and runs nothing. */
    private final List<Consumer<ScheduledExecution>> tasks = new ArrayList<>();

    private final Scheduler scheduler =
            proxy(
                    Scheduler.class,
                    (_, method, _) -> {
                        assertEquals("newJob", method.getName());
                        return job();
                    });

    private JobDefinition<?> job() {
        return proxy(
                JobDefinition.class,
                (self, method, arguments) -> {
                    if (method.getName().equals("setTask")) {
                        tasks.add(task(arguments[0]));
                    }
                    return method.getName().equals("schedule") ? null : self;
                });
    }

    @SuppressWarnings("unchecked")
    private static Consumer<ScheduledExecution> task(Object given) {
        return (Consumer<ScheduledExecution>) given;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private JobRunner runner(PeriodicJob... jobs) {
        return new JobRunner(
                scheduler,
                List.of(jobs),
                () -> EnumSet.allOf(ServiceRole.class),
                new SimpleMeterRegistry());
    }

    @Test
    void everyJobIsAskedToStopWhenTheServiceDoes() throws InterruptedException {
        LongJob one = new LongJob();
        LongJob other = new LongJob();
        runner(one, other).stop(new ShutdownEvent());
        assertTrue(one.isAsked && other.isAsked);
    }

    @Test
    void noJobBeginsAfterTheStop() throws InterruptedException {
        JobRunner runner = runner(new LongJob(), new LongJob());
        runner.start(new StartupEvent());
        runner.stop(new ShutdownEvent());
        assertEquals(2, tasks.size());
        tasks.forEach(task -> task.accept(null));
    }

    @Test
    void jobsThatAreDueTogetherBeginOneAfterAnotherWithinTheSecond() {
        List<Duration> turns =
                IntStream.range(0, 40).mapToObj(job -> JobRunner.turn(job, 40)).toList();
        assertEquals(Duration.ZERO, turns.getFirst());
        assertEquals(40, turns.stream().distinct().count());
        assertEquals(turns.stream().sorted().toList(), turns);
        assertTrue(turns.getLast().compareTo(Duration.ofSeconds(1)) < 0);
    }
}
