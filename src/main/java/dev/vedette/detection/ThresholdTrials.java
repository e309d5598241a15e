package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Tries thresholds on stored points: how many anomalies would have opened. By the code path of live
 * detection; nothing is stored. A few at a time, on worker threads.
 */
@ApplicationScoped
public class ThresholdTrials {
    /** Most series of a trial. */
    public static final int MOST_SERIES = 8;

    private static final int MOST_POINTS = 60_000;
    private static final int MOST_LISTED = 1000;
    private static final int AT_ONCE = 2;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final SeriesDirectory directory;
    private final PointReader points;
    private final EngineRegistry engines;
    private final Semaphore running = new Semaphore(AT_ONCE);

    ThresholdTrials(SeriesDirectory directory, PointReader points, EngineRegistry engines) {
        this.directory = directory;
        this.points = points;
        this.engines = engines;
    }

    /** Stored points of the series that were chosen, those for warming up included. */
    public final class Trial {
        private final List<Series> series;
        private final Map<SeriesId, PointReader.Points> points;
        private final TimeRange range;

        Trial(List<Series> series, Map<SeriesId, PointReader.Points> points, TimeRange range) {
            this.series = series;
            this.points = points;
            this.range = range;
        }

        /** The series tried, by id. */
        public List<Series> series() {
            return series;
        }

        /** How many anomalies of that series would have opened in the range. Computes. */
        public int alarms(Series one, DetectionPlan plan) {
            PointReader.Points found = points.getOrDefault(one.id(), PointReader.Points.NONE);
            List<AnomalyResult> anomalies =
                    JudgedSeries.judge(
                                    engines.open(plan.engine(), plan.settings()),
                                    found,
                                    range.from().toEpochMilli())
                            .anomalies();
            return (int)
                    anomalies.stream()
                            .filter(anomaly -> !anomaly.windowStart().isBefore(range.from()))
                            .count();
        }
    }

    /**
     * Runs a trial on some series of that scope, the first {@value #MOST_SERIES} by id.
     *
     * @param range counted; the points before it warm up
     * @param work on a worker thread
     * @return fails with {@link ProblemException} {@link ProblemKind#TOO_MANY_REQUESTS} while
     *     others run, and with {@link dev.vedette.ingestion.StorageUnavailableException}
     */
    public <T> Uni<T> run(
            TenantId tenant, ThresholdScope scope, TimeRange range, Function<Trial, T> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    if (!running.tryAcquire()) {
                        throw ProblemException.retryable(
                                ProblemKind.TOO_MANY_REQUESTS,
                                AT_ONCE + " trials are running already",
                                RETRY);
                    }
                    return series(tenant, scope)
                            .chain(found -> trial(tenant, found, range))
                            .emitOn(Infrastructure.getDefaultWorkerPool())
                            .map(work)
                            .onTermination()
                            .invoke(() -> running.release());
                });
    }

    private Uni<Trial> trial(TenantId tenant, List<Series> series, TimeRange range) {
        if (series.isEmpty()) {
            return Uni.createFrom().item(new Trial(series, Map.of(), range));
        }
        TimeRange warm = new TimeRange(range.from().minus(PointJudge.WARM_UP), range.to());
        return points.points(tenant, series.stream().map(Series::id).toList(), warm, MOST_POINTS)
                .map(found -> new Trial(series, found, range));
    }

    private Uni<List<Series>> series(TenantId tenant, ThresholdScope scope) {
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        scope.clusterId(),
                        scope.nodeId(),
                        scope.metricName().filter(name -> !name.contains("*")),
                        Map.of());
        return directory
                .list(tenant, filter, 0, MOST_LISTED)
                .map(listed -> {
                    List<Series> chosen = new ArrayList<>();
                    for (Series one : listed) {
                        if (chosen.size() < MOST_SERIES
                                && scope.holds(one.key(), MetricFamily.of(one))) {
                            chosen.add(one);
                        }
                    }
                    return chosen;
                });
    }

    /**
     * The lowest threshold at which the series of a trial raise no more than that many alarms a
     * week and series; empty when none of them has a point, and 0.95 when none is enough.
     *
     * @param plan of a series, with that threshold
     */
    public static Optional<Suggestion> suggest(
            Trial trial, double alarmsPerWeek, BiFunction<Series, Double, DetectionPlan> plan) {
        if (trial.points.values().stream().allMatch(points -> points.values().length == 0)) {
            return Optional.empty();
        }
        double weeks = trial.range.duration().toMillis() / (double) Duration.ofDays(7).toMillis();
        int low = 0;
        int high = STEPS;
        while (low < high) {
            int middle = (low + high) / 2;
            if (rate(trial, middle, weeks, plan) <= alarmsPerWeek) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Optional.of(new Suggestion(threshold(low), rate(trial, low, weeks, plan)));
    }

    /**
     * A threshold and what it would have brought.
     *
     * @param threshold in (0,1]
     * @param alarmsPerWeek per series, in the range tried
     */
    public record Suggestion(double threshold, double alarmsPerWeek) {}

    private static final int STEPS = 26;

    private static double threshold(int step) {
        return (30 + 2.5 * step) / 100;
    }

    private static double rate(
            Trial trial, int step, double weeks, BiFunction<Series, Double, DetectionPlan> plan) {
        int alarms = 0;
        for (Series one : trial.series) {
            alarms += trial.alarms(one, plan.apply(one, threshold(step)));
        }
        return alarms / (weeks * trial.series.size());
    }
}
