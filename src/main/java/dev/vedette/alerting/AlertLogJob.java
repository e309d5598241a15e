package dev.vedette.alerting;

import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.ServiceRole;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;

/** Lets the delivery log go when it is old. */
@ApplicationScoped
class AlertLogJob implements PeriodicJob {
    private final DeliveryStore store;
    private final AlertingConfig config;
    private final InstantSource clock;

    AlertLogJob(DeliveryStore store, AlertingConfig config, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alert-log";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public ServiceRole role() {
        return ServiceRole.NOTIFIER;
    }

    @Override
    public void run() {
        store.forget(clock.instant().minus(config.logRetention()));
    }
}
