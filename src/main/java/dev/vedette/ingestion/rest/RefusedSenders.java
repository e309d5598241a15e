package dev.vedette.ingestion.rest;

import dev.vedette.http.CredentialMemory;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TenantDirectory;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.PointQuota;
import dev.vedette.ingestion.TooManyPointsException;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Refuses tenants that have used up their points. Who was refused lately and sends again, by the
 * same path with the same credential, is refused before it is authenticated while there is still
 * nothing left: a sender that does not wait as it was told costs the others little more than its
 * bytes. A refusal every {@link #LIFE} takes the whole road, where access is checked. Thread-safe.
 */
@ApplicationScoped
class RefusedSenders {
    /** How long a sender that was refused is known without asking who it is. */
    static final Duration LIFE = Duration.ofSeconds(5);

    // after what holds for every request (1000), before authentication (200)
    private static final int PRIORITY = 900;

    private final TenantDirectory directory;
    private final PointQuota quota;
    private final IngestionMetrics metrics;
    private final InstantSource clock;
    private final CredentialMemory<TenantId> refused;

    RefusedSenders(
            TenantDirectory directory,
            PointQuota quota,
            IngestionMetrics metrics,
            InstantSource clock) {
        this.directory = directory;
        this.quota = quota;
        this.metrics = metrics;
        this.clock = clock;
        this.refused = new CredentialMemory<>(clock);
    }

    void filters(@Observes Filters filters) {
        filters.register(this::beforeAuthentication, PRIORITY);
    }

    private void beforeAuthentication(RoutingContext context) {
        sender(context).flatMap(this::refusal).ifPresentOrElse(context::fail, context::next);
    }

    /**
     * Refuses an authenticated request when the tenant has used up its points.
     *
     * @throws ProblemException when it has
     */
    void refuse(TenantId tenant, RoutingContext context) {
        Optional<ProblemException> refusal = refusal(tenant);
        if (refusal.isPresent()) {
            refused.remember(shown(context), tenant, clock.instant().plus(LIFE));
            throw refusal.get();
        }
    }

    private Optional<TenantId> sender(RoutingContext context) {
        if (refused.isEmpty() || !context.request().method().equals(HttpMethod.POST)) {
            return Optional.empty();
        }
        return refused.find(shown(context));
    }

    private Optional<ProblemException> refusal(TenantId tenant) {
        // A tenant not known here yet is judged by the full road, once its limits were read.
        Optional<Tenant> known = directory.cached(tenant);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        try {
            quota.take(tenant, 0, known.get().limits());
            return Optional.empty();
        } catch (TooManyPointsException e) {
            metrics.refusedEarly();
            return Optional.of(PointRateLimit.refusal(e));
        }
    }

    // all that may be a credential: which one counts is not for here to say
    private static String shown(RoutingContext context) {
        MultiMap headers = context.request().headers();
        return context.request().path()
                + headers.getAll("Authorization")
                + headers.getAll("X-API-Key")
                + headers.getAll("Cookie");
    }
}
