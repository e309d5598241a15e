package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Looks at each source when its interval is over and hands what it fetched to the intake. A source
 * that fails is logged, counted and asked for the same stretch again; the others go on. Not
 * thread-safe: one run at a time.
 */
final class SourceCollector {
    private static final Logger LOG = Logger.getLogger(SourceCollector.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<MetricSource> sources;
    private final PointIntake intake;
    private final InstantSource clock;
    private final Duration lookback;
    private final MeterRegistry metrics;
    private final Tracing tracing;
    private final Map<String, Instant> fetchedUpTo = new HashMap<>();

    /**
     * Over those sources.
     *
     * @param lookback how far back the first fetch of a source reaches
     */
    SourceCollector(
            List<MetricSource> sources,
            PointIntake intake,
            InstantSource clock,
            Duration lookback,
            MeterRegistry metrics,
            Tracing tracing) {
        this.sources = List.copyOf(sources);
        this.intake = intake;
        this.clock = clock;
        this.lookback = lookback;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** Fetches from every source that is due. */
    void collect() {
        Instant now = clock.instant();
        for (MetricSource source : sources) {
            Instant from = fetchedUpTo.getOrDefault(source.identity().name(), now.minus(lookback));
            boolean due =
                    !fetchedUpTo.containsKey(source.identity().name())
                            || !from.plus(source.identity().interval()).isAfter(now);
            if (due && fetch(source, from, now)) {
                fetchedUpTo.put(source.identity().name(), now);
            }
        }
    }

    private boolean fetch(MetricSource source, Instant from, Instant to) {
        try {
            source.fetch(from, to, batch -> store(source, batch));
            count(source, "success");
            return true;
        } catch (IOException | RuntimeException e) {
            count(source, "failure");
            LOG.warnf(
                    "source could not be fetched source=%s tenant=%s reason=%s",
                    source.identity().name(), source.identity().tenant(), e.getMessage());
            return false;
        }
    }

    private void store(MetricSource source, IncomingBatch batch) {
        IntakeResult result =
                tracing.message(
                                "source",
                                source.identity().name(),
                                () -> intake.takeFetched(source.identity().tenant(), batch))
                        .await()
                        .atMost(PATIENCE);
        if (result.rejected() > 0) {
            LOG.warnf(
                    "source has points that were refused source=%s tenant=%s rejected=%d first=%s",
                    source.identity().name(),
                    source.identity().tenant(),
                    result.rejected(),
                    result.refusals().getFirst());
        }
    }

    private void count(MetricSource source, String outcome) {
        metrics.counter(
                        "vedette_ingestion_source_fetches_total",
                        "source",
                        source.identity().name(),
                        "outcome",
                        outcome)
                .increment();
    }
}
