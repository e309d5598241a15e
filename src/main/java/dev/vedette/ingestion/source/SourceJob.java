package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Fetches from the configured sources. Every worker does: points are idempotent by series and time,
 * so two workers cost double fetching and nothing else.
 */
@Singleton
class SourceJob implements PeriodicJob {
    private final SourceCollector collector;

    SourceJob(
            IngestionConfig config,
            PointIntake intake,
            InstantSource clock,
            MeterRegistry metrics,
            Tracing tracing) {
        List<MetricSource> sources =
                config.sources().entrySet().stream().map(entry -> source(entry, clock)).toList();
        this.collector =
                new SourceCollector(
                        sources, intake, clock, config.sourceLookback(), metrics, tracing);
    }

    private static MetricSource source(
            Map.Entry<String, IngestionConfig.Source> entry, InstantSource clock) {
        String name = entry.getKey();
        IngestionConfig.Source config = entry.getValue();
        return switch (config.type()) {
            case PROMETHEUS -> PrometheusSource.of(name, config);
            case CSV -> CsvFolderSource.of(name, config);
            case CLOUDWATCH -> CloudWatchSource.of(name, config, clock);
            case AZURE_MONITOR -> AzureMonitorSource.of(name, config, clock);
            case SIMULATOR -> SimulatorSource.of(name, config);
        };
    }

    @Override
    public String name() {
        return "fetch-sources";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        collector.collect();
    }
}
