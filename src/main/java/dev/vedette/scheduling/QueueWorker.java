package dev.vedette.scheduling;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Works a queue off, one task at a time, on a platform thread of its own: years of points or a
 * model would hold a carrier of virtual threads, which live detection runs on, for seconds.
 *
 * @param <T> a task that this worker holds
 */
public final class QueueWorker<T> {
    private static final Logger LOG = Logger.getLogger(QueueWorker.class);
    private static final Duration NAP = Duration.ofMillis(100);

    private final String name;
    private final String owner = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    private final Function<String, Optional<T>> take;
    private final Consumer<T> work;
    private volatile boolean stopping;

    /**
     * A worker.
     *
     * @param name of its thread, and what logs call it
     * @param take takes the next task for the owner of that name; empty when none waits
     * @param work does one; keeps a failure of the task itself to itself
     */
    public QueueWorker(String name, Function<String, Optional<T>> take, Consumer<T> work) {
        this.name = name;
        this.take = take;
        this.work = work;
    }

    /** Works off what waits, unless it is to stop; returns when nothing waits any more. */
    public void run() {
        Thread thread = Thread.ofPlatform().name(name).daemon().start(this::workOff);
        try {
            thread.join();
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
        }
    }

    private void workOff() {
        try {
            Optional<T> task = next();
            while (task.isPresent()) {
                work.accept(task.get());
                task = next();
            }
        } catch (RuntimeException e) {
            // Mostly the database is away; a task's own failure is its work's to tell.
            LOG.warnf("%s waits: %s", name, e.getMessage());
        }
    }

    private Optional<T> next() {
        return stopping ? Optional.empty() : take.apply(owner);
    }

    /** Takes nothing more, and ends rests. */
    public void stop() {
        stopping = true;
    }

    /** Whether it is to stop. */
    public boolean isStopping() {
        return stopping;
    }

    /**
     * Leaves the processors to others after some work.
     *
     * @param worked for how long it has worked
     * @param share of the time that it may work, in (0,1]
     * @param longest it rests at most
     * @param isUrgent whether others need the processors longer still
     * @return whether to go on; false when it is to stop
     */
    public boolean rest(Duration worked, double share, Duration longest, BooleanSupplier isUrgent) {
        long rest = (long) (worked.toNanos() * (1 - share) / share);
        long rested = 0;
        while (!stopping
                && rested < longest.toNanos()
                && (rested < rest || isUrgent.getAsBoolean())) {
            long nap = rested < rest ? Math.min(NAP.toNanos(), rest - rested) : NAP.toNanos();
            pause(Duration.ofNanos(nap));
            rested += nap;
        }
        return !stopping;
    }

    private void pause(Duration nap) {
        try {
            Thread.sleep(nap);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
        }
    }
}
