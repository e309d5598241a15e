package dev.vedette.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingSeries;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the service tells itself of itself. */
final class OwnMetricsTest {
    private static final Instant START = Instant.parse("2026-11-21T20:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countersAreRatesOfAllTheirTagsFromTheSecondReadingOn() {
        OwnMetrics metrics = metrics(new OwnMetric("rate", "1/s", "c", OwnMetric.Of.RATE));
        registry.counter("c", "reason", "a").increment(100);
        assertEquals(Map.of(), read(metrics, 0));
        registry.counter("c", "reason", "a").increment(20);
        registry.counter("c", "reason", "b").increment(10);
        assertEquals(Map.of("rate", 3.0), read(metrics, 10));
        assertEquals(Map.of("rate", 0.0), read(metrics, 20));
    }

    @Test
    void gaugesAreTheLargestAndOneThatIsNoNumberIsLeftOut() {
        OwnMetrics metrics = metrics(new OwnMetric("lag", "s", "g", OwnMetric.Of.LARGEST));
        AtomicReference<Double> worker = new AtomicReference<>(Double.NaN);
        registry.gauge("g", List.of(), worker, AtomicReference::get);
        assertEquals(Map.of(), read(metrics, 0));
        worker.set(4.0);
        assertEquals(Map.of("lag", 4.0), read(metrics, 10));
    }

    @Test
    void timersAreTheMeanSinceTheLastReadingAndNothingWhenNothingWasTimed() {
        OwnMetrics metrics = metrics(new OwnMetric("duration", "s", "t", OwnMetric.Of.MEAN));
        registry.timer("t", "status", "200").record(Duration.ofSeconds(9));
        assertEquals(Map.of(), read(metrics, 0));
        registry.timer("t", "status", "200").record(Duration.ofSeconds(1));
        registry.timer("t", "status", "500").record(Duration.ofSeconds(3));
        assertEquals(Map.of("duration", 2.0), read(metrics, 10));
        assertEquals(Map.of(), read(metrics, 20));
    }

    @Test
    void metersThatAreNotThereAreLeftOut() {
        assertEquals(Map.of(), read(metrics(new OwnMetric("x", "1", "x", OwnMetric.Of.RATE)), 0));
    }

    @Test
    void namesAreDistinct() {
        assertEquals(
                OwnMetric.ALL.size(),
                OwnMetric.ALL.stream().map(OwnMetric::name).distinct().count());
        assertTrue(OwnMetric.ALL.stream().allMatch(m -> m.name().matches("[a-z_]+")));
    }

    private OwnMetrics metrics(OwnMetric metric) {
        return new OwnMetrics(registry, List.of(metric), "here");
    }

    private static Map<String, Double> read(OwnMetrics metrics, int second) {
        IncomingBatch batch = metrics.read(START.plusSeconds(second));
        Map<String, Double> values = new HashMap<>();
        for (IncomingSeries series : batch.series()) {
            assertEquals("vedette", series.clusterId());
            assertEquals("here", series.nodeId());
            values.put(series.metricName(), batch.points().value(series.start()));
        }
        return values;
    }
}
