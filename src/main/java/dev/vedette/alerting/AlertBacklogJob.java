package dev.vedette.alerting;

import dev.vedette.scheduling.PeriodicJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tells operators what is behind. Workers do it, which are always there: that no notifier runs is
 * what notifiers cannot tell.
 */
@ApplicationScoped
class AlertBacklogJob implements PeriodicJob {
    private final DeliveryStore store;
    private final AlertMetrics metrics;
    private final InstantSource clock;

    AlertBacklogJob(DeliveryStore store, AlertMetrics metrics, InstantSource clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alert-backlog";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        metrics.backlog(store.backlog(), clock.instant());
    }
}
