package dev.vedette.detection.backtest;

import dev.vedette.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker reads and writes for backtests. Blocking. */
public interface BacktestWork {
    /**
     * A backtest that this worker holds.
     *
     * @param run what to do
     * @param owner who holds it
     * @param attempt how often it was taken, from 1
     */
    record Task(BacktestRun run, String owner, int attempt) {}

    /** The oldest backtest that waits, or whose worker is gone; held for so long. */
    Optional<Task> take(String owner, Duration lease);

    /**
     * Says by which rules the task is worked off. What was found by others goes, and it begins
     * anew: one result compares with one state of the rules.
     *
     * @param rules their {@linkplain dev.vedette.detection.threshold.TenantThresholds#fingerprint()
     *     fingerprint}
     * @return how many of its series are done; empty when the task is no longer this worker's
     */
    Optional<Integer> begin(Task task, String rules);

    /**
     * Its series by id, without those deleted meanwhile.
     *
     * @param done how many to leave out
     * @param most how many of the next
     */
    Chunk next(Task task, int done, int most);

    /**
     * The next series of a task.
     *
     * @param series those of them that are there
     * @param done how many of the task's are done with them
     */
    record Chunk(List<Series> series, int done) {}

    /**
     * Keeps what was found on some series, says how many are done, and holds the task for so long
     * from now.
     *
     * @return false when the task is no longer this worker's: cancelled, or taken by another;
     *     nothing is kept then
     */
    boolean stage(Task task, List<Backtest.OfSeries> found, int done, Duration lease);

    /** Completes the task; false when it is no longer this worker's. */
    boolean complete(Task task);

    /** Ends the task with a reason, unless it is no longer this worker's. */
    void fail(Task task, String reason);

    /** Gives the task back, so that another worker need not wait for the lease to end. */
    void release(Task task);
}
