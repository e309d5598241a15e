package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.AnomalyEvents.Event;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AnomalyEventsTest {
    private static final TenantId ACME = new TenantId("acme");

    private final AnomalyEvents events = new AnomalyEvents();

    private static Anomaly anomaly(TenantId tenant) {
        SeriesKey key = new SeriesKey(tenant, "c", "n", "m", Labels.NONE);
        AnomalyResult result =
                new AnomalyResult(
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        true,
                        0.9,
                        AnomalyKind.SPIKE,
                        0.5,
                        0.5,
                        9,
                        1,
                        0,
                        2,
                        1,
                        Map.of());
        return new Anomaly(
                new UUID(0, 1),
                new Series(new SeriesId(tenant, 1), key, Optional.empty(), 0),
                result,
                "words",
                "ewma",
                1,
                AnomalyStatus.OPEN,
                Instant.EPOCH);
    }

    private void commit(TenantId tenant) {
        events.ticked(
                new DetectionListener.Tick(
                        0, 1, 0, 0, List.of(anomaly(tenant)), Duration.ZERO, Duration.ZERO, false));
    }

    @Test
    void aListenerHearsOfItsTenantOnly() {
        AssertSubscriber<Event> heard =
                events.of(ACME).subscribe().withSubscriber(AssertSubscriber.create(10));
        commit(new TenantId("other"));
        commit(ACME);
        assertEquals(List.of(new Event.Changed(anomaly(ACME))), heard.getItems());
    }

    @Test
    void aSlowListenerIsToldOnceThatItLostEvents() {
        AssertSubscriber<Event> heard =
                events.of(ACME).subscribe().withSubscriber(AssertSubscriber.create(0));
        for (int i = 0; i < 1000; i++) {
            commit(ACME);
        }
        heard.request(10_000);
        assertTrue(heard.getItems().size() < 300);
        assertInstanceOf(Event.Lost.class, heard.getItems().getLast());
        assertEquals(1, heard.getItems().stream().filter(Event.Lost.class::isInstance).count());
        commit(ACME);
        assertInstanceOf(Event.Changed.class, heard.getItems().getLast());
    }

    @Test
    void aListenerThatLeftIsForgotten() {
        AssertSubscriber<Event> heard =
                events.of(ACME).subscribe().withSubscriber(AssertSubscriber.create(10));
        assertEquals(1, events.listeners());
        heard.cancel();
        assertEquals(0, events.listeners());
    }
}
