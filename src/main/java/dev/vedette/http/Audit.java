package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Notes who changed access to what: one line of the log category {@code vedette.audit} and one
 * stored row per change. The line is written at once; the row follows, also when the database fails
 * for a while, and is counted when it could not be stored at all.
 */
@ApplicationScoped
@Startup // its counter is there before anything is lost
public class Audit {
    private static final Logger LOG = Logger.getLogger("vedette.audit");
    private static final int TRIES = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final AuditStore store;
    private final InstantSource clock;
    private final Counter lost;

    Audit(AuditStore store, InstantSource clock, MeterRegistry registry) {
        this.store = store;
        this.clock = clock;
        this.lost =
                Counter.builder("vedette_audit_lost_total")
                        .description(
                                "Changes that are in the log only, since they could not be stored")
                        .register(registry);
    }

    /** Notes a change that was made. Neither argument may be a secret. */
    public void done(Caller caller, String action, String object) {
        note(caller.tenant(), caller.subject(), Optional.of(caller.credential()), action, object);
    }

    /** Notes a change that was made for somebody who does not wait for it. */
    public void doneFor(TenantId tenant, String subject, String action, String object) {
        note(Optional.of(tenant), subject, Optional.empty(), action, object);
    }

    private void note(
            Optional<TenantId> tenant,
            String subject,
            Optional<Caller.Credential> credential,
            String action,
            String object) {
        LOG.infof(
                "%s tenant=%s subject=%s object=%s",
                action, tenant.map(TenantId::value).orElse("-"), subject, object);
        AuditEvent event =
                new AuditEvent(
                        UUID.randomUUID(),
                        clock.instant(),
                        tenant,
                        subject,
                        credential,
                        action,
                        object,
                        Optional.ofNullable(MDC.get("request_id")).map(String::valueOf));
        store.add(event)
                .onFailure()
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .atMost(TRIES)
                .subscribe()
                .with(_ -> {}, failure -> gaveUp(event, failure));
    }

    private void gaveUp(AuditEvent event, Throwable failure) {
        lost.increment();
        LOG.errorf(failure, "change not stored, it is in this log only id=%s", event.id());
    }
}
