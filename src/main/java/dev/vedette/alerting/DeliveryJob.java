package dev.vedette.alerting;

import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.ServiceRole;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Sends what was decided, each message on a virtual thread of its own: one that hangs holds up
 * neither this job nor the others. A process that dies leaves leases that end by themselves; what
 * it had sent and not noted is sent once more, with the same key.
 */
@ApplicationScoped
class DeliveryJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(DeliveryJob.class);
    private static final int MOST_OF_CHANNEL = 4;

    private final String owner = UUID.randomUUID().toString();
    private final DeliveryStore store;
    private final Sender sender;
    private final AlertingConfig config;
    private final InstantSource clock;
    private final Semaphore slots;

    DeliveryJob(DeliveryStore store, Sender sender, AlertingConfig config, InstantSource clock) {
        this.store = store;
        this.sender = sender;
        this.config = config;
        this.clock = clock;
        this.slots = new Semaphore(config.mostInFlight());
    }

    @Override
    public String name() {
        return "alert-deliveries";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public ServiceRole role() {
        return ServiceRole.NOTIFIER;
    }

    @Override
    public void run() {
        int free = slots.drainPermits();
        int begun = 0;
        try {
            if (free > 0) {
                List<DeliveryStore.Claim> claims =
                        store.claim(
                                owner,
                                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                config.lease(),
                                free,
                                MOST_OF_CHANNEL);
                for (DeliveryStore.Claim claim : claims) {
                    begun++;
                    Thread.ofVirtual().name("alert-delivery").start(() -> send(claim));
                }
            }
        } finally {
            slots.release(free - begun);
        }
    }

    private void send(DeliveryStore.Claim claim) {
        try {
            sender.send(claim);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "answer not noted, the message will be sent again tenant=%s delivery=%s",
                    claim.delivery().tenant(),
                    claim.delivery().id());
        } finally {
            slots.release();
        }
    }
}
