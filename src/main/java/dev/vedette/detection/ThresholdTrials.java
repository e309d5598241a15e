package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tries thresholds on stored points: how many anomalies would have opened. By the code path of live
 * detection; nothing is stored. A few at a time, on worker threads.
 */
@ApplicationScoped
public class ThresholdTrials {
    /** Most series of a trial. */
    public static final int MOST_SERIES = 8;

    private static final int MOST_POINTS = 60_000;

    /** Of all metrics of a node together: seven days and the warm-up of 38 at one-minute steps. */
    private static final int MOST_NODE_POINTS = 1_000_000;

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

    /** Stored points of what was chosen, those for warming up included. */
    public final class Trial {
        private final List<Series> series;
        private final Map<SeriesId, PointReader.Points> points;
        private final TimeRange range;
        private final Optional<NodeTrial> node;

        Trial(
                List<Series> series,
                Map<SeriesId, PointReader.Points> points,
                TimeRange range,
                Optional<NodeTrial> node) {
            this.series = series;
            this.points = points;
            this.range = range;
            this.node = node;
        }

        /** The first node that the scope is about as a whole, with its metrics; else empty. */
        public Optional<NodeTrial> node() {
            return node;
        }

        /** The series tried, by id. */
        public List<Series> series() {
            return series;
        }

        /** How many anomalies of that series would have opened in the range. Computes. */
        public int alarms(Series one, DetectionPlan plan) {
            return found(one, plan).size();
        }

        /** The anomalies of that series that would have opened in the range. Computes. */
        public List<AnomalyResult> found(Series one, DetectionPlan plan) {
            PointReader.Points found = points.getOrDefault(one.id(), PointReader.Points.NONE);
            List<AnomalyResult> anomalies =
                    JudgedSeries.judge(
                                    engines.open(plan.engine(), plan.settings()),
                                    found,
                                    range.from().toEpochMilli())
                            .anomalies();
            return anomalies.stream()
                    .filter(anomaly -> !anomaly.windowStart().isBefore(range.from()))
                    .toList();
        }
    }

    /**
     * Runs a trial on some series of that scope, the first {@value #MOST_SERIES} by id, and on the
     * first node that it is about as a whole.
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
                    return listed(tenant, scope)
                            .chain(found -> trial(tenant, scope, found, range))
                            .emitOn(Infrastructure.getDefaultWorkerPool())
                            .map(work)
                            .onTermination()
                            .invoke(() -> running.release());
                });
    }

    /**
     * A trial of those series, whoever else runs one: for jobs.
     *
     * @param range counted; the points before it warm up
     * @param most points per series, the newest
     */
    public Uni<Trial> of(TenantId tenant, List<Series> series, TimeRange range, int most) {
        return read(tenant, series, warm(range), most)
                .map(found -> new Trial(series, found, range, Optional.empty()));
    }

    private static TimeRange warm(TimeRange range) {
        return new TimeRange(range.from().minus(PointJudge.WARM_UP), range.to());
    }

    private Uni<Trial> trial(
            TenantId tenant, ThresholdScope scope, List<Series> listed, TimeRange range) {
        List<Series> series =
                listed.stream()
                        .filter(one -> scope.holds(one.key(), MetricFamily.of(one)))
                        .limit(MOST_SERIES)
                        .toList();
        List<Series> metrics = metricsOfFirstNode(scope, listed);
        TimeRange warm = warm(range);
        int each = Math.min(MOST_POINTS, MOST_NODE_POINTS / Math.max(1, metrics.size()));
        return Uni.combine()
                .all()
                .unis(read(tenant, series, warm, MOST_POINTS), read(tenant, metrics, warm, each))
                .with((own, ofNode) ->
                        new Trial(
                                series,
                                own,
                                range,
                                metrics.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(
                                                new NodeTrial(metrics, ofNode, range, engines))));
    }

    private static List<Series> metricsOfFirstNode(ThresholdScope scope, List<Series> listed) {
        return listed.stream()
                .map(one -> NodeKey.of(one.key()))
                .filter(scope::holds)
                .findFirst()
                .map(node ->
                        listed.stream()
                                .filter(one -> NodeKey.of(one.key()).equals(node))
                                .limit(NodeEvaluator.MAX_METRICS)
                                .toList())
                .orElse(List.of());
    }

    private Uni<Map<SeriesId, PointReader.Points>> read(
            TenantId tenant, List<Series> series, TimeRange range, int most) {
        return series.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : points.points(tenant, series.stream().map(Series::id).toList(), range, most);
    }

    private Uni<List<Series>> listed(TenantId tenant, ThresholdScope scope) {
        return listed(tenant, scope, 0);
    }

    private Uni<List<Series>> listed(TenantId tenant, ThresholdScope scope, long after) {
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        scope.clusterId(),
                        scope.nodeId(),
                        scope.metricName().filter(name -> !name.contains("*")),
                        Map.of());
        return directory.list(tenant, filter, after, MOST_LISTED);
    }

    /**
     * The series that the scope is about, by id: at most so many, and one more when there are more.
     */
    public Uni<List<Series>> series(TenantId tenant, ThresholdScope scope, int most) {
        return series(tenant, scope, most, 0, List.of());
    }

    private Uni<List<Series>> series(
            TenantId tenant, ThresholdScope scope, int most, long after, List<Series> before) {
        return listed(tenant, scope, after)
                .chain(listed -> {
                    List<Series> fitting =
                            Stream.concat(
                                            before.stream(),
                                            listed.stream()
                                                    .filter(one ->
                                                            scope.holds(
                                                                    one.key(),
                                                                    MetricFamily.of(one))))
                                    .limit(most + 1L)
                                    .toList();
                    return fitting.size() > most || listed.size() < MOST_LISTED
                            ? Uni.createFrom().item(fitting)
                            : series(tenant, scope, most, listed.getLast().id().value(), fitting);
                });
    }

    /**
     * The lowest threshold at which the series of a trial raise no more than that many alarms a
     * week and series; of a scope of nodes as wholes, its node. Empty when there is no point, and
     * 0.95 when none is enough.
     *
     * @param rules by which all but the threshold is chosen
     */
    public static Optional<Suggestion> suggest(
            Trial trial, double alarmsPerWeek, TenantThresholds rules) {
        if (trial.series.isEmpty()) {
            return trial.node
                    .filter(NodeTrial::hasPoints)
                    .map(node ->
                            lowest(
                                    alarmsPerWeek,
                                    at -> node.alarms(rules::plan, at) / weeks(trial)));
        }
        return trial.points.isEmpty()
                ? Optional.empty()
                : Optional.of(lowest(alarmsPerWeek, at -> rate(trial, rules, at)));
    }

    private static Suggestion lowest(double alarmsPerWeek, DoubleUnaryOperator rate) {
        int low = 0;
        int high = STEPS;
        while (low < high) {
            int middle = (low + high) / 2;
            if (rate.applyAsDouble(threshold(middle)) <= alarmsPerWeek) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return new Suggestion(threshold(low), rate.applyAsDouble(threshold(low)));
    }

    private static double weeks(Trial trial) {
        return trial.range.duration().toMillis() / (double) Duration.ofDays(7).toMillis();
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

    private static double rate(Trial trial, TenantThresholds rules, double threshold) {
        int alarms = 0;
        for (Series one : trial.series) {
            alarms += trial.alarms(one, rules.plan(one).withThreshold(threshold));
        }
        return alarms / (weeks(trial) * trial.series.size());
    }
}
