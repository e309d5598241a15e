package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    private final EngineRegistry engines;
    private final SettingsSource settings;
    private final DetectionConfig config;

    PointJudge(
            PointReader points,
            EngineRegistry engines,
            SettingsSource settings,
            DetectionConfig config) {
        this.points = points;
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
        TimeRange warm = new TimeRange(range.from().minus(WARM_UP), range.to());
        return points.points(series.id().tenant(), List.of(series.id()), warm, MOST_POINTS)
                .map(found -> found.getOrDefault(series.id(), PointReader.Points.NONE))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> judge(config.engine(), settings.of(series), found, range.from()));
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
        return Uni.createFrom()
                .item(() -> judge(engine, settings, sent, Instant.EPOCH))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private JudgedSeries judge(
            String engine, DetectionSettings chosen, PointReader.Points found, Instant from) {
        return JudgedSeries.judge(engines.open(engine, chosen), found, from.toEpochMilli());
    }

    /** Id of the engine that judges live. */
    public String liveEngine() {
        return config.engine();
    }
}
