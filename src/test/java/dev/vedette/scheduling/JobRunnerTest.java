package dev.vedette.scheduling;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
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

    @Test
    void everyJobIsAskedToStopWhenTheServiceDoes() throws InterruptedException {
        LongJob one = new LongJob();
        LongJob other = new LongJob();
        Scheduler none =
                (Scheduler)
                        Proxy.newProxyInstance(
                                Scheduler.class.getClassLoader(),
                                new Class<?>[] {Scheduler.class},
                                (_, method, _) -> {
                                    throw new IllegalStateException(method.getName());
                                });
        new JobRunner(
                        none,
                        List.of(one, other),
                        () -> EnumSet.allOf(ServiceRole.class),
                        new SimpleMeterRegistry())
                .stop(new ShutdownEvent());
        assertTrue(one.isAsked && other.isAsked);
    }
}
