package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.engine.WholeSeriesEngine;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges points on demand, by the code path of live detection: verdicts of ordinary points are
 * stored nowhere. Computes on worker threads, never on the event loop.
 */
@ApplicationScoped
public class PointJudge {
    /** How far back before the first point asked for the evaluator warms up. */
    public static final Duration WARM_UP = Duration.ofDays(15);

    /** Most points read for one answer, warm-up included. */
    static final int MOST_POINTS = 150_000;

    private final PointReader points;
    private final SeriesDirectory directory;
    private final EngineRegistry engines;
    private final SettingsSource settings;
    private final DetectionConfig config;

    PointJudge(
            PointReader points,
            SeriesDirectory directory,
            EngineRegistry engines,
            SettingsSource settings,
            DetectionConfig config) {
        this.points = points;
        this.directory = directory;
        this.engines = engines;
        this.settings = settings;
        this.config = config;
    }

    /**
     * Stored points of a series in that range, judged after a warm-up on the points before. Scores
     * can differ a little from the live ones when the series is older than the warm-up.
     *
     * @return empty columns when there is no point; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException}
     */
    public Uni<JudgedSeries> judge(Series series, TimeRange range) {
        return judge(series.id().tenant(), List.of(series), range, MOST_POINTS)
                .map(judged -> Objects.requireNonNull(judged.get(series.id())));
    }

    /**
     * The same of several series at once.
     *
     * @param tenant whose they are
     * @param most most points read per series, warm-up included
     * @return by series, one for each asked for; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException}
     */
    public Uni<Map<SeriesId, JudgedSeries>> judge(
            TenantId tenant, List<Series> series, TimeRange range, int most) {
        if (series.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        TimeRange warm = new TimeRange(range.from().minus(WARM_UP), range.to());
        List<SeriesId> ids = series.stream().map(Series::id).toList();
        return Uni.combine()
                .all()
                .unis(points.points(tenant, ids, warm, most), directory.priors(tenant, ids))
                .asTuple()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(read -> judge(series, read.getItem1(), read.getItem2(), range.from()));
    }

    private Map<SeriesId, JudgedSeries> judge(
            List<Series> series,
            Map<SeriesId, PointReader.Points> found,
            Map<SeriesId, SeriesPrior> priors,
            Instant from) {
        SettingsSource.Revision latest = settings.latest(0);
        Map<SeriesId, JudgedSeries> judged = new HashMap<>();
        for (Series one : series) {
            PointReader.Points read = found.getOrDefault(one.id(), PointReader.Points.NONE);
            DetectionPlan plan = latest.of(one);
            SeriesEvaluator evaluator = evaluator(plan, prior(priors, one), read);
            judged.put(one.id(), JudgedSeries.judge(evaluator, read, from.toEpochMilli()));
        }
        return judged;
    }

    /**
     * Points that are stored nowhere, judged.
     *
     * @param engine id of the engine
     * @param sent strictly increasing in time
     * @return fails with {@link UnknownEngineException} when there is no such engine
     */
    public Uni<JudgedSeries> judge(
            String engine, DetectionSettings settings, PointReader.Points sent) {
        DetectionPlan plan = new DetectionPlan(engine, settings);
        return Uni.createFrom()
                .item(() ->
                        JudgedSeries.judge(
                                evaluator(plan, Optional.empty(), sent),
                                sent,
                                Instant.EPOCH.toEpochMilli()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Optional<SeriesPrior> prior(Map<SeriesId, SeriesPrior> priors, Series series) {
        return Optional.ofNullable(priors.get(series.id()));
    }

    private SeriesEvaluator evaluator(
            DetectionPlan plan, Optional<SeriesPrior> prior, PointReader.Points found) {
        Optional<byte[]> known = SeriesPrior.of(prior, plan.engine());
        return engines.get(plan.engine()) instanceof WholeSeriesEngine whole
                ? whole.judging(plan.settings(), found.epochMillis(), found.values())
                : engines.open(plan.engine(), plan.settings(), new Verdict(), known);
    }

    /**
     * How the series stood at a moment: its last point then, judged after a warm-up on the points
     * before. Fails with {@link dev.vedette.ingestion.StorageUnavailableException}.
     */
    public Uni<JudgedMoment> moment(Series series, Instant at) {
        TimeRange until = new TimeRange(at.minus(WARM_UP), at.plusMillis(1));
        TenantId tenant = series.id().tenant();
        List<SeriesId> id = List.of(series.id());
        return Uni.combine()
                .all()
                .unis(points.points(tenant, id, until, MOST_POINTS), directory.priors(tenant, id))
                .asTuple()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> {
                    PointReader.Points read =
                            found.getItem1().getOrDefault(series.id(), PointReader.Points.NONE);
                    DetectionPlan plan = settings.latest(0).of(series);
                    SeriesEvaluator evaluator =
                            evaluator(plan, prior(found.getItem2(), series), read);
                    boolean restores = !(engines.get(plan.engine()) instanceof WholeSeriesEngine);
                    return new MomentJudge(engines, plan, evaluator, restores).judge(read, at);
                });
    }

    /**
     * How live detection judges that series, stored or not, by the rules of its tenant. Fails with
     * {@link dev.vedette.ingestion.StorageUnavailableException}.
     */
    public Uni<DetectionPlan> plan(Series series) {
        return Uni.createFrom()
                .item(() -> settings.latest(0).of(series))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Id of the engine that judges live where no other was chosen. */
    public String liveEngine() {
        return config.engine();
    }
}
