package dev.vedette.transaction.source;

import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.TargetGuard;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.ServiceRole;
import dev.vedette.tenant.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Follows the configured feeds, each on a virtual thread. Every process with the role {@code api}
 * does: a transaction counts once by its id, so a second one costs traffic and nothing else, and a
 * process that ends leaves no gap.
 */
@Singleton
class FeedJob implements PeriodicJob {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final List<FeedClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean isStarted = new AtomicBoolean();

    FeedJob(FeedConfig config, FeedMessages messages, Vertx vertx, MeterRegistry metrics) {
        TargetGuard guard =
                new TargetGuard(config.allowedTargets().orElse(List.of()), config.allowPlain());
        config.sources()
                .forEach((name, source) -> {
                    Tags tags = Tags.of("feed", name);
                    Counter taken = metrics.counter("vedette_feed_messages_total", tags);
                    Counter refused = metrics.counter("vedette_feed_refused_messages_total", tags);
                    TenantId tenant = new TenantId(source.tenant());
                    FeedClient client =
                            new FeedClient(
                                    name,
                                    source,
                                    guard,
                                    NameLookup.SYSTEM,
                                    config.maxBackoff(),
                                    vertx,
                                    text ->
                                            (messages.take(name, tenant, text) ? taken : refused)
                                                    .increment());
                    Gauge.builder(
                                    "vedette_feed_connected",
                                    client,
                                    one -> one.isConnected() ? 1 : 0)
                            .tags(tags)
                            .register(metrics);
                    clients.add(client);
                });
    }

    @Override
    public String name() {
        return "follow-feeds";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public ServiceRole role() {
        return ServiceRole.API;
    }

    @Override
    public void run() {
        if (isStarted.compareAndSet(false, true)) {
            clients.forEach(client -> threads.add(Thread.startVirtualThread(client)));
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        clients.forEach(FeedClient::stop);
        for (Thread thread : threads) {
            if (!thread.join(STOP_PATIENCE)) {
                thread.interrupt(); // what it still tries to store was never acknowledged
            }
        }
    }
}
