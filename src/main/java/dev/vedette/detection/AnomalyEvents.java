package dev.vedette.detection;

import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live stream of what this process's workers commit. Hot and bounded: a listener that is too
 * slow loses events and is told so. Thread-safe.
 */
@ApplicationScoped
public class AnomalyEvents implements DetectionListener {
    private static final int BUFFER = 256;

    private final Map<TenantId, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();

    /** What a listener hears. */
    public sealed interface Event {
        /** The anomaly was opened, extended or closed. */
        record Changed(Anomaly anomaly) implements Event {}

        /** Events were lost; read the lists again. */
        record Lost() implements Event {}
    }

    /** The tenant's events from now on; ends only when the listener cancels. */
    public Multi<Event> of(TenantId tenant) {
        return Multi.createFrom()
                .deferred(() -> {
                    Subscriber subscriber = new Subscriber();
                    subscribers
                            .computeIfAbsent(tenant, _ -> ConcurrentHashMap.newKeySet())
                            .add(subscriber);
                    return subscriber
                            .processor
                            .onTermination()
                            .invoke(() -> remove(tenant, subscriber));
                });
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

    @Override
    public void ticked(Tick tick) {
        if (subscribers.isEmpty()) {
            return;
        }
        for (Anomaly anomaly : tick.anomalies()) {
            publish(anomaly.series().id().tenant(), new Event.Changed(anomaly));
        }
    }

    private void publish(TenantId tenant, Event event) {
        Set<Subscriber> listening = subscribers.get(tenant);
        if (listening != null) {
            List.copyOf(listening).forEach(subscriber -> subscriber.offer(event));
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
                processor.onNext(new Event.Lost());
            }
        }
    }
}
