package dev.vedette.detection;

import static org.awaitility.Awaitility.await;
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
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AnomalyEventsTest {
    private static final TenantId ACME = new TenantId("acme");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Feed feed = new Feed();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AnomalyEvents events = new AnomalyEvents(feed, () -> now);

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

    private Multi<Event> follow(TenantId tenant) {
        return events.of(tenant, Optional.empty());
    }

    private void commit(TenantId tenant) {
        feed.commit(3, List.of(anomaly(tenant)));
    }

    private static AssertSubscriber<Event> listen(Multi<Event> to, long request) {
        AssertSubscriber<Event> heard =
                to.subscribe().withSubscriber(AssertSubscriber.create(request));
        waitFor(heard, 1);
        return heard;
    }

    private static void waitFor(AssertSubscriber<Event> heard, int events) {
        await().atMost(PATIENCE).until(() -> heard.getItems().size() >= events);
    }

    private static List<Anomaly> anomalies(AssertSubscriber<Event> heard) {
        return heard.getItems().stream()
                .filter(Event.Changed.class::isInstance)
                .map(event -> ((Event.Changed) event).anomaly())
                .toList();
    }

    @Test
    void aListenerHearsOfItsTenantOnly() {
        AssertSubscriber<Event> heard = listen(follow(ACME), 10);
        assertInstanceOf(Event.Here.class, heard.getItems().getFirst());
        commit(new TenantId("other"));
        commit(ACME);
        waitFor(heard, 2);
        assertEquals(List.of(anomaly(ACME)), anomalies(heard));
    }

    @Test
    void aSlowListenerIsToldOnceThatItLostEvents() {
        AssertSubscriber<Event> heard = listen(follow(ACME), 1);
        AssertSubscriber<Event> quick = listen(follow(ACME), Long.MAX_VALUE);
        for (int i = 0; i < 1000; i++) {
            commit(ACME);
        }
        await().atMost(PATIENCE).until(() -> anomalies(quick).size() == 1000);
        heard.request(10_000);
        assertTrue(heard.getItems().size() < 300);
        assertInstanceOf(Event.Lost.class, heard.getItems().getLast());
        assertEquals(1, heard.getItems().stream().filter(Event.Lost.class::isInstance).count());
        commit(ACME);
        await().atMost(PATIENCE).until(() -> heard.getItems().getLast() instanceof Event.Changed);
    }

    @Test
    void aListenerThatComesBackHearsWhatItMissed() {
        AssertSubscriber<Event> first = listen(follow(ACME), 10);
        commit(ACME);
        waitFor(first, 2);
        FeedCursor left = first.getItems().getLast().at();
        first.cancel();
        commit(ACME);
        commit(new TenantId("other"));
        commit(ACME);
        String id = left.toString();
        AssertSubscriber<Event> again = listen(events.of(ACME, FeedCursor.parse(id)), 10);
        // The tick it left in comes again, then the two it missed.
        waitFor(again, 4);
        assertEquals(3, anomalies(again).size());
        commit(ACME);
        waitFor(again, 5);
    }

    @Test
    void aListenerThatWasAwayTooLongIsToldSo() {
        AssertSubscriber<Event> first = listen(follow(ACME), 10);
        FeedCursor left = first.getItems().getLast().at();
        now = now.plus(AnomalyFeed.KEPT).plusSeconds(1);
        AssertSubscriber<Event> again = listen(events.of(ACME, Optional.of(left)), 10);
        waitFor(again, 2);
        assertInstanceOf(Event.Lost.class, again.getItems().getLast());
    }

    @Test
    void whatIsNoPlaceIsNone() {
        FeedCursor cursor = FeedCursor.start(now).with(now, 15, 1_000_000);
        assertEquals(Optional.of(cursor), FeedCursor.parse(cursor.toString()));
        assertEquals(Optional.empty(), FeedCursor.parse("1763741234567"));
        assertEquals(Optional.empty(), FeedCursor.parse(cursor + ".0"));
        assertEquals(Optional.empty(), FeedCursor.parse(cursor.toString().replace('.', '-')));
    }

    @Test
    void aListenerThatLeftIsForgotten() {
        AssertSubscriber<Event> heard = listen(follow(ACME), 10);
        assertEquals(1, events.listeners());
        heard.cancel();
        assertEquals(0, events.listeners());
    }

    /** A feed in memory. */
    private static final class Feed implements AnomalyFeed {
        private final List<Change> changes = new ArrayList<>();

        synchronized void commit(int shard, List<Anomaly> anomalies) {
            changes.add(new Change(shard, changes.size() + 1L, anomalies));
        }

        @Override
        public synchronized Uni<List<Long>> position() {
            List<Long> ticks = new ArrayList<>(FeedCursor.start(Instant.EPOCH).ticks());
            changes.forEach(change -> ticks.set(change.shard(), change.tick()));
            return Uni.createFrom().item(ticks);
        }

        @Override
        public synchronized Uni<List<Change>> after(
                Optional<TenantId> tenant, List<Long> ticks, int limit) {
            return Uni.createFrom()
                    .item(
                            changes.stream()
                                    .filter(one -> one.tick() > ticks.get(one.shard()))
                                    .limit(limit)
                                    .map(one -> of(tenant, one))
                                    .filter(one -> !one.anomalies().isEmpty())
                                    .toList());
        }

        private static Change of(Optional<TenantId> tenant, Change change) {
            List<Anomaly> its =
                    change.anomalies().stream()
                            .filter(one ->
                                    tenant.isEmpty() || tenant.get().equals(one.place().tenant()))
                            .toList();
            return new Change(change.shard(), change.tick(), its);
        }
    }
}
