package dev.vedette.scheduling;

import java.time.Duration;

/**
 * Something a feature does again and again. Offered as a CDI bean; run on a virtual thread, so it
 * may block. A run that takes longer than the interval makes the next ones be skipped, never
 * overlap. Jobs run in every process of their role: one that must run once per cluster takes a
 * lease or a row lock itself.
 */
public interface PeriodicJob {
    /** Its name in logs and metrics: kebab-case, unique. */
    String name();

    /** Time from one start to the next, at least one second, the scheduler's own step. */
    Duration interval();

    /** Which processes run it. */
    default ServiceRole role() {
        return ServiceRole.WORKER;
    }

    /**
     * The service stops: a run under way that takes long ends where the next process can go on.
     * Called once, by another thread; waits for nothing.
     */
    default void askToStop() {}

    /** One run. What it throws is counted and logged, and the next run comes all the same. */
    void run();
}
