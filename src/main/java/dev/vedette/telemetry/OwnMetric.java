package dev.vedette.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One number the service watches of itself.
 *
 * @param name of the series
 * @param unit of its values
 * @param meter of the process's registry; all its tags are taken together
 * @param statistic what of the meter
 */
record OwnMetric(String name, String unit, String meter, Of statistic) {
    /** What of a meter is watched. */
    enum Of {
        /** The largest of the gauges. */
        LARGEST,
        /** What was added each second since the last reading, of all counters together. */
        RATE,
        /** The mean of what was timed since the last reading, in seconds. */
        MEAN
    }

    /** What a process of any role watches; a meter that is not there is left out. */
    static final List<OwnMetric> ALL =
            List.of(
                    rate("ingested_points_rate", "1/s", "vedette_ingestion_points_total"),
                    rate("rejected_points_rate", "1/s", "vedette_ingestion_rejected_points_total"),
                    rate(
                            "pushed_back_requests_rate",
                            "1/s",
                            "vedette_ingestion_pushed_back_requests_total"),
                    rate("commit_failures_rate", "1/s", "vedette_ingestion_commit_failures_total"),
                    new OwnMetric(
                            "commit_duration",
                            "s",
                            "vedette_ingestion_commit_duration_seconds",
                            Of.MEAN),
                    gauge("commit_queue_fill", "1", "vedette_ingestion_queue_fill_ratio"),
                    rate("judged_points_rate", "1/s", "vedette_detection_points_total"),
                    gauge("detection_lag", "s", "vedette_detection_lag_seconds"),
                    rate(
                            "evaluation_failures_rate",
                            "1/s",
                            "vedette_detection_evaluation_failures_total"),
                    rate("anomalies_rate", "1/s", "vedette_detection_anomalies_total"),
                    new OwnMetric("http_request_duration", "s", "http.server.requests", Of.MEAN),
                    gauge("cpu_usage", "1", "process.cpu.usage"),
                    gauge("heap_after_collection", "1", "jvm.memory.usage.after.gc"),
                    gauge("database_connections_waited_for", "1", "agroal.awaiting.count"));

    private static OwnMetric rate(String name, String unit, String meter) {
        return new OwnMetric(name, unit, meter, Of.RATE);
    }

    private static OwnMetric gauge(String name, String unit, String meter) {
        return new OwnMetric(name, unit, meter, Of.LARGEST);
    }

    /** Whether the registry has it. */
    boolean isIn(MeterRegistry registry) {
        return !registry.find(meter).meters().isEmpty();
    }

    /** The largest of the gauges; NaN when there is none. */
    double largest(MeterRegistry registry) {
        return registry.find(meter).gauges().stream()
                .mapToDouble(Gauge::value)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
    }

    /** What all its counters and timers have counted. */
    double count(MeterRegistry registry) {
        return sum(registry, Statistic.COUNT);
    }

    /** What all its timers have measured, in seconds. */
    double total(MeterRegistry registry) {
        return sum(registry, Statistic.TOTAL_TIME);
    }

    private double sum(MeterRegistry registry, Statistic statistic) {
        return registry.find(meter).meters().stream()
                .map(Meter::measure)
                .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                .filter(measured -> measured.getStatistic() == statistic)
                .mapToDouble(Measurement::getValue)
                .sum();
    }
}
