package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was told, and what became of it, as a tenant sees it. */
public interface DeliveryQueries {
    /**
     * Which deliveries are meant; an absent part means any.
     *
     * @param incident about that incident
     * @param route of that route
     * @param channel to that channel
     * @param state in that state
     */
    record Filter(
            Optional<UUID> incident,
            Optional<String> route,
            Optional<String> channel,
            Optional<Delivery.State> state) {
        /** All. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * How a channel does.
     *
     * @param deliveredAt when it last took a message
     * @param failedAt when it last did not
     * @param failures tries in a row that failed; 0 when the last did not
     * @param said the last answer's words
     */
    record Health(
            Optional<Instant> deliveredAt, Optional<Instant> failedAt, int failures, String said) {
        /** Tries in a row that fail when a channel is dead. */
        public static final int DEAD = 3;

        /** Whether nothing has come through for several tries. */
        public boolean isDead() {
            return failures >= DEAD;
        }
    }

    /**
     * The tenant's deliveries that fit, newest first.
     *
     * @param before only those with a smaller {@link Delivery#seq}; empty from the newest
     * @param limit most deliveries
     */
    Uni<List<Delivery>> list(TenantId tenant, Filter filter, Optional<Long> before, int limit);

    /** The tenant's delivery of that id. */
    Uni<Optional<Delivery>> find(TenantId tenant, UUID id);

    /** What routes have told of an incident, and why not. */
    Uni<List<Alert>> alerts(TenantId tenant, UUID incident);

    /**
     * Has it sent again, with the same key, unless it is due or being sent already.
     *
     * @return the delivery afterwards; empty when there is none of that id
     */
    Uni<Optional<Delivery>> replay(TenantId tenant, UUID id, Instant now);

    /** How the tenant's channels do, by name; those that never sent anything are not there. */
    Uni<Map<String, Health>> health(TenantId tenant);
}
