package dev.vedette.dashboard;

import dev.vedette.detection.DetectionConfig;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SettingsSource;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Points with the usual range and score they had: ordinary verdicts are not stored, they are
 * computed again by the code that judged them live. What it learnt before the points it reads again
 * is not known to it, so a band may differ a little from the one of the day.
 */
@ApplicationScoped
class Bands {
    private static final Duration LEARNING = Duration.ofDays(15);

    private final PointReader reader;
    private final EngineRegistry engines;
    private final SettingsSource settings;
    private final DetectionConfig config;

    Bands(
            PointReader reader,
            EngineRegistry engines,
            SettingsSource settings,
            DetectionConfig config) {
        this.reader = reader;
        this.engines = engines;
        this.settings = settings;
        this.config = config;
    }

    /**
     * The judged points of those series in that range, oldest first; an empty list for a series
     * without points. Answers on a worker thread.
     *
     * @param most most points read per series, those before the range included
     */
    Uni<Map<SeriesId, List<Judged>>> judged(
            TenantId tenant, List<Series> series, TimeRange range, int most) {
        if (series.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        TimeRange read = new TimeRange(range.from().minus(LEARNING), range.to());
        return reader.points(tenant, series.stream().map(Series::id).toList(), read, most)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(points -> {
                    Map<SeriesId, List<Judged>> judged = new HashMap<>();
                    for (Series one : series) {
                        judged.put(
                                one.id(),
                                judge(
                                        one,
                                        points.getOrDefault(one.id(), PointReader.Points.NONE),
                                        range.from()));
                    }
                    return judged;
                });
    }

    private List<Judged> judge(Series series, PointReader.Points points, Instant from) {
        SeriesEvaluator evaluator = engines.open(config.engine(), settings.of(series));
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < points.values().length; i++) {
            long at = points.epochMillis()[i];
            double value = points.values()[i];
            evaluator.update(at, value);
            if (at >= from.toEpochMilli() && Double.isFinite(value)) {
                judged.add(judged(at, value, evaluator.verdict()));
            }
        }
        return judged;
    }

    private static Judged judged(long at, double value, Verdict verdict) {
        return new Judged(
                at,
                value,
                verdict.expected(),
                verdict.lower(),
                verdict.upper(),
                verdict.anomalyScore());
    }
}
