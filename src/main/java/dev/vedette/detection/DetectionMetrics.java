package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyType;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.Shards;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jboss.logging.Logger;

/** Counts what detection does, and logs what it could not do: each series once. */
@ApplicationScoped
class DetectionMetrics implements DetectionListener {
    private static final Logger LOG = Logger.getLogger(DetectionMetrics.class);
    private static final int MOST_LOGGED = 10_000;

    private final Counter points;
    private final Counter late;
    private final Counter orphaned;
    private final Counter ticks;
    private final Counter checkpoints;
    private final Counter failures;
    private final Counter rebuilt;
    private final Timer duration;
    private final Map<AnomalyType, Counter> ended = new EnumMap<>(AnomalyType.class);
    private final AtomicLongArray lagMillis = new AtomicLongArray(Shards.COUNT);
    private final Set<Long> logged = ConcurrentHashMap.newKeySet();

    DetectionMetrics(MeterRegistry registry) {
        points = registry.counter("vedette_detection_points_total");
        late = registry.counter("vedette_detection_late_points_total");
        orphaned = registry.counter("vedette_detection_orphaned_points_total");
        ticks = registry.counter("vedette_detection_ticks_total");
        checkpoints = registry.counter("vedette_detection_checkpoints_total");
        failures = registry.counter("vedette_detection_evaluation_failures_total");
        rebuilt = registry.counter("vedette_detection_rebuilt_series_total");
        duration =
                Timer.builder("vedette_detection_evaluation_duration_seconds")
                        .publishPercentileHistogram()
                        .register(registry);
        for (AnomalyType label : AnomalyType.values()) {
            ended.put(
                    label,
                    registry.counter("vedette_detection_anomalies_total", "label", label.label()));
        }
        Gauge.builder("vedette_detection_lag_seconds", this, DetectionMetrics::lagSeconds)
                .description("Age of the oldest point at its evaluation, worst shard; 0 when idle")
                .register(registry);
    }

    /** The lag of the worst shard of this process. */
    double lagSeconds() {
        long worst = 0;
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            worst = Math.max(worst, lagMillis.get(shard));
        }
        return worst / 1000.0;
    }

    @Override
    public void ticked(Tick tick) {
        points.increment(tick.judged());
        late.increment(tick.late());
        orphaned.increment(tick.orphaned());
        ticks.increment();
        checkpoints.increment(tick.checkpointed() ? 1 : 0);
        duration.record(tick.took());
        lagMillis.set(tick.shard(), Math.max(0, tick.lag().toMillis()));
        for (Anomaly anomaly : tick.anomalies()) {
            if (!anomaly.result().open()) {
                ended.computeIfPresent(
                        anomaly.result().label(),
                        (_, counter) -> {
                            counter.increment();
                            return counter;
                        });
            }
        }
    }

    @Override
    public void caughtUp(int shard) {
        lagMillis.set(shard, 0);
    }

    @Override
    public void failed(Series series, RuntimeException cause) {
        failures.increment();
        if (logged.size() < MOST_LOGGED && logged.add(series.id().value())) {
            LOG.errorf(
                    cause,
                    "evaluation failed, its other failures are only counted tenant=%s series=%d",
                    series.id().tenant(),
                    series.id().value());
        }
    }

    @Override
    public void failed(NodeKey node, RuntimeException cause) {
        failures.increment();
        LOG.errorf(
                cause,
                "evaluation of a node failed tenant=%s cluster=%s node=%s",
                node.tenant(),
                node.clusterId(),
                node.nodeId());
    }

    @Override
    public void startedAnew(NodeKey node, String reason) {
        rebuilt.increment();
        LOG.warnf(
                "node state was not usable, learns from the start tenant=%s cluster=%s node=%s"
                        + " reason=%s",
                node.tenant(), node.clusterId(), node.nodeId(), reason);
    }

    @Override
    public void rebuilt(Series series, String reason) {
        rebuilt.increment();
        LOG.warnf(
                "detector state was not usable, rebuilt from stored points tenant=%s series=%d"
                        + " reason=%s",
                series.id().tenant(), series.id().value(), reason);
    }
}
