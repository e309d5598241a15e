package dev.vedette.telemetry;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.source.SeriesBatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the process's meters as points of its own series. Not thread-safe. */
final class OwnMetrics {
    private static final String CLUSTER = "vedette";

    private final MeterRegistry registry;
    private final List<OwnMetric> metrics;
    private final String node;
    private final Map<String, Reading> last = new HashMap<>();
    private @Nullable Instant lastTime;

    OwnMetrics(MeterRegistry registry, List<OwnMetric> metrics, String node) {
        this.registry = registry;
        this.metrics = metrics;
        this.node = node;
    }

    /** One point of each metric that can be told now; rates and means from the second time on. */
    IncomingBatch read(Instant now) {
        SeriesBatch batch = new SeriesBatch(metrics.size());
        Instant before = lastTime;
        double seconds =
                before == null ? Double.NaN : Duration.between(before, now).toMillis() / 1000.0;
        for (OwnMetric metric : metrics) {
            if (metric.isIn(registry)) {
                double value = value(metric, seconds);
                if (Double.isFinite(value)) {
                    batch.add(now.toEpochMilli(), value);
                    batch.endSeries(
                            CLUSTER, node, metric.name(), Map.of(), Optional.of(metric.unit()));
                }
            }
        }
        lastTime = now;
        return batch.build();
    }

    // NaN when it cannot be told: before a second reading, or a mean of nothing
    private double value(OwnMetric metric, double seconds) {
        if (metric.statistic() == OwnMetric.Of.LARGEST) {
            return metric.largest(registry);
        }
        Reading now = new Reading(metric.count(registry), metric.total(registry));
        Reading before = last.put(metric.name(), now);
        if (before == null) {
            return Double.NaN;
        }
        double counted = now.count() - before.count();
        return switch (metric.statistic()) {
            case RATE -> counted / seconds;
            case MEAN -> counted > 0 ? (now.total() - before.total()) / counted : Double.NaN;
            case LARGEST -> throw new IllegalStateException("read above");
        };
    }

    /** What a counter or timer had counted, and the time it had measured. */
    private record Reading(double count, double total) {}
}
