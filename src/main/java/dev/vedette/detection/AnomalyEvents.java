package dev.vedette.detection;

import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live stream of changed anomalies, tenant by tenant, whichever process found them. While
 * somebody listens a {@link FeedReader} follows the stored feed. A listener has a bounded buffer:
 * one that reads too slowly is told that it lost events. Thread-safe.
 */
@ApplicationScoped
public class AnomalyEvents implements DetectionListener {
    private static final int BUFFER = 256;
    private static final int MOST_RESUMED = 500;

    private final Map<TenantId, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private final AnomalyFeed feed;
    private final InstantSource clock;
    private final FeedReader reader;

    AnomalyEvents(AnomalyFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        this.reader = new FeedReader(feed, clock, this::publish);
    }

    /** What a listener hears. */
    public sealed interface Event {
        /** Where in the feed; resuming there misses nothing and may repeat a few. */
        FeedCursor at();

        /** The stream has come this far; told at its beginning and now and then. */
        record Here(FeedCursor at) implements Event {}

        /** The anomaly was opened, extended or closed. */
        record Changed(Anomaly anomaly, FeedCursor at) implements Event {}

        /** Events were lost; read the lists again. */
        record Lost(FeedCursor at) implements Event {}
    }

    /**
     * The tenant's events; ends only when the listener cancels. The first tells where it begins.
     *
     * @param since where the listener left off; empty from now on
     */
    public Multi<Event> of(TenantId tenant, Optional<FeedCursor> since) {
        return Multi.createFrom()
                .deferred(() -> {
                    // Listening first, then reading what was missed: nothing falls in between.
                    Subscriber subscriber = new Subscriber();
                    add(tenant, subscriber);
                    Multi<Event> begin =
                            reader.begun()
                                    .onItem()
                                    .transformToMulti(now -> begin(tenant, since, now));
                    return Multi.createBy()
                            .concatenating()
                            .streams(begin, subscriber.processor)
                            .onTermination()
                            .invoke(() -> remove(tenant, subscriber));
                });
    }

    private Multi<Event> begin(TenantId tenant, Optional<FeedCursor> since, FeedCursor now) {
        Multi<Event> began = Multi.createFrom().item(new Event.Here(since.orElse(now)));
        if (since.isEmpty()) {
            return began;
        }
        if (since.get().at().isBefore(clock.instant().minus(AnomalyFeed.KEPT))) {
            return Multi.createFrom().items(new Event.Here(now), new Event.Lost(now));
        }
        Uni<List<Event>> missed =
                feed.after(Optional.of(tenant), since.get().ticks(), MOST_RESUMED)
                        .map(changes -> missed(changes, since.get(), now));
        return Multi.createBy()
                .concatenating()
                .streams(began, missed.onItem().transformToMulti(Multi.createFrom()::iterable));
    }

    private static List<Event> missed(
            List<AnomalyFeed.Change> changes, FeedCursor since, FeedCursor now) {
        if (changes.size() >= MOST_RESUMED) {
            return List.of(new Event.Lost(now));
        }
        List<Event> events = new ArrayList<>();
        FeedCursor at = since;
        for (AnomalyFeed.Change change : changes) {
            FeedCursor before = at.with(now.at(), change.shard(), change.tick() - 1);
            change.anomalies().forEach(one -> events.add(new Event.Changed(one, before)));
            at = at.with(now.at(), change.shard(), change.tick());
        }
        return events;
    }

    private void add(TenantId tenant, Subscriber subscriber) {
        subscribers.compute(
                tenant,
                (_, all) -> {
                    Set<Subscriber> listening = all == null ? ConcurrentHashMap.newKeySet() : all;
                    listening.add(subscriber);
                    return listening;
                });
        reader.start(() -> !subscribers.isEmpty());
    }

    private void remove(TenantId tenant, Subscriber subscriber) {
        subscribers.computeIfPresent(
                tenant,
                (_, all) -> {
                    all.remove(subscriber);
                    return all.isEmpty() ? null : all;
                });
    }

    /** How many listeners there are. */
    int listeners() {
        return subscribers.values().stream().mapToInt(Set::size).sum();
    }

    private void publish(Event event) {
        if (event instanceof Event.Changed(Anomaly anomaly, _)) {
            tell(subscribers.getOrDefault(anomaly.place().tenant(), Set.of()), event);
        } else {
            subscribers.values().forEach(listening -> tell(listening, event));
        }
    }

    private static void tell(Set<Subscriber> listening, Event event) {
        List.copyOf(listening).forEach(subscriber -> subscriber.offer(event));
    }

    @Override
    public void ticked(Tick tick) {
        if (!tick.anomalies().isEmpty()) {
            reader.lookNow();
        }
    }

    @Override
    public void caughtUp(int shard) {
        // says nothing about anomalies
    }

    @Override
    public void failed(Series series, RuntimeException cause) {
        // the metrics tell
    }

    @Override
    public void rebuilt(Series series, String reason) {
        // the metrics tell
    }

    private static final class Subscriber {
        // one place more than the buffer, for the word that events were lost
        private final ArrayBlockingQueue<Event> queue = new ArrayBlockingQueue<>(BUFFER + 1);
        private final UnicastProcessor<Event> processor = UnicastProcessor.create(queue, null);
        private boolean losing;

        synchronized void offer(Event event) {
            if (queue.size() < BUFFER) {
                losing = false;
                processor.onNext(event);
            } else if (!losing) {
                losing = true;
                processor.onNext(new Event.Lost(event.at()));
            }
        }
    }
}
