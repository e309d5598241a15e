package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.HolidayCalendar;
import dev.vedette.detection.threshold.ServiceDefaults;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Puts the framework-free parts of detection together. */
final class DetectionBeans {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    @Produces
    @Singleton
    EngineRegistry engines(DetectionConfig config, @All List<ConnectedEngines> connected) {
        EngineRegistry own = EngineRegistry.complete().only(config.engines());
        List<DetectionEngine> offered = new ArrayList<>(own.all());
        connected.forEach(more -> offered.addAll(more.engines(own.defaultEngine())));
        return new EngineRegistry(offered);
    }

    @Produces
    @Singleton
    ServiceDefaults defaults(EngineRegistry engines, DetectionConfig config) {
        return new ServiceDefaults(
                config.engine(),
                config.threshold(),
                config.familyDefaults(),
                engines.all().stream().map(DetectionEngine::id).collect(Collectors.toSet()),
                HolidayCalendar.of(config.holidays().orElse(List.of())));
    }

    @Produces
    @Singleton
    ShardWorkers workers(
            ShardStore store,
            EngineRegistry engines,
            SettingsSource settings,
            PointReader points,
            AnomalyExplainer explainer,
            @All List<DetectionListener> listeners,
            DetectionConfig config,
            java.time.InstantSource clock,
            MeterRegistry metrics,
            Tracing tracing) {
        engines.get(config.engine()); // a wrong id fails the start, not the first tick
        Evaluation evaluation =
                new Evaluation(
                        engines,
                        settings,
                        history(points, config.rebuildPoints()),
                        explainer,
                        new DetectionListeners(List.copyOf(listeners)),
                        config.enabled(),
                        new SiblingKnowledge(config.siblingPriors()));
        String owner = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
        // the shards look one after the other: each would ask for itself
        LogNews news = new LogNews(store, config.evaluationInterval().dividedBy(2), clock);
        ShardWorkers workers =
                new ShardWorkers(
                        owner,
                        store,
                        config.leaseTtl(),
                        shard ->
                                new ShardWorker(
                                        shard,
                                        owner,
                                        store,
                                        news,
                                        evaluation,
                                        limits(config),
                                        clock,
                                        tracing),
                        config.evaluationInterval());
        Gauge.builder("vedette_detection_shards", workers, ShardWorkers::held).register(metrics);
        return workers;
    }

    private static ShardWorker.Limits limits(DetectionConfig config) {
        return new ShardWorker.Limits(
                config.tickPoints(),
                config.bufferedPoints(),
                config.evaluators(),
                config.nodeBuckets(),
                config.checkpointInterval(),
                config.leaseTtl());
    }

    private static SeriesHistory history(PointReader points, int most) {
        return (series, before) -> {
            SeriesId id = series.id();
            TimeRange range = new TimeRange(Instant.EPOCH, Instant.ofEpochMilli(before));
            return points.points(id.tenant(), List.of(id), range, most)
                    .await()
                    .atMost(READ_TIMEOUT)
                    .getOrDefault(id, PointReader.Points.NONE);
        };
    }
}
