package dev.vedette.detection.backfill;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.SeriesReplay;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What a worker reads and writes for backfills. Blocking. */
public interface BackfillWork {
    /**
     * A backfill that this worker holds.
     *
     * @param backfill what to do
     * @param owner who holds it
     * @param attempt how often it was taken since it last got on, from 1
     * @param afterSeries series up to this id are done
     * @param settings revision of the settings it judges by; empty before it starts
     */
    record Task(
            Backfill backfill, String owner, int attempt, long afterSeries, OptionalLong settings) {
        /** The same further on. */
        public Task after(long series) {
            return new Task(backfill, owner, attempt, series, settings);
        }
    }

    /**
     * What judging one series again found.
     *
     * @param series which
     * @param anomalies that start in the range, as the engine left them
     * @param scores its scores in the range
     */
    record Found(Series series, List<Anomaly> anomalies, SeriesReplay.Scores scores) {}

    /** The oldest backfill that waits, or whose worker is gone; held for so long. */
    Optional<Task> take(String owner, Duration lease);

    /**
     * Fixes the revision of the settings the task judges by.
     *
     * @return false when the task is no longer this worker's
     */
    boolean fixSettings(Task task, long revision);

    /** The next series of the task by id, at most so many; none when all are done. */
    List<Series> nextSeries(Task task, int most);

    /** What siblings of those series knew at their first points; one without is absent. */
    Map<Long, SeriesPrior> priors(List<Series> series);

    /** The time from which on something may be stored of those series; empty when nothing is. */
    OptionalLong firstPoint(List<Series> series);

    /**
     * Points of those series of one tenant in that range, oldest first, known gaps as NaN; a series
     * without points is absent.
     */
    Map<Long, PointReader.Points> points(List<Series> series, TimeRange range);

    /**
     * Stores what was found on some series, moves the task behind the last of them, and holds it
     * for so long from now.
     *
     * @param points how many were judged
     * @return false when the task is no longer this worker's: cancelled, or taken by another;
     *     nothing is stored then
     */
    boolean stage(Task task, List<Found> found, long points, Duration lease);

    /** Holds the task for so long from now; false when it is no longer this worker's. */
    boolean keep(Task task, Duration lease);

    /**
     * Replaces the older results of the range by what was found, and completes the task, all in one
     * transaction.
     *
     * @return false when the task is no longer this worker's; nothing is replaced then
     */
    boolean complete(Task task);

    /** Ends the task with a reason, unless it is no longer this worker's. */
    void fail(Task task, String reason);

    /** Gives the task back, so that another worker need not wait for the lease to end. */
    void release(Task task);

    /**
     * Long stretches of late points of one tenant.
     *
     * @param seriesIds of which series, at least one
     * @param first time of the oldest point
     * @param last time of the newest
     */
    record Late(TenantId tenant, List<Long> seriesIds, Instant first, Instant last) {}

    /**
     * Turns late points of one tenant into a queued backfill, in one transaction.
     *
     * @param quiet only series of which none came for so long
     * @param shortest only series whose late points span so long
     * @return whether there were any
     */
    boolean queueLate(Duration quiet, Duration shortest, Function<Late, Backfill> backfill);
}
