package dev.vedette.ingestion.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TenantDirectory;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.PointQuota;
import dev.vedette.ingestion.TooManyPointsException;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Refuses a tenant that has used up its points before its request's body is read and decoded: what
 * a flood costs the others is then its headers. Holds for every route of every protocol of
 * ingestion.
 */
class EarlyRefusal {
    private static final String PROTOCOLS = "dev.vedette.ingestion.";

    private final CurrentCaller caller;
    private final TenantDirectory directory;
    private final PointQuota quota;
    // filters are made before there are meters
    private final Instance<IngestionMetrics> metrics;

    EarlyRefusal(
            CurrentCaller caller,
            TenantDirectory directory,
            PointQuota quota,
            Instance<IngestionMetrics> metrics) {
        this.caller = caller;
        this.directory = directory;
        this.quota = quota;
        this.metrics = metrics;
    }

    @ServerRequestFilter
    void refuse(SimpleResourceInfo resource, HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)
                || !resource.getResourceClass().getName().startsWith(PROTOCOLS)) {
            return;
        }
        Optional<TenantId> tenant = caller.caller().tenant();
        // A tenant not known here yet is judged by the full road, once its limits were read.
        Optional<TenantLimits> limits =
                tenant.flatMap(directory::cached).map(known -> known.limits());
        if (limits.isPresent()) {
            try {
                quota.take(tenant.get(), 0, limits.get());
            } catch (TooManyPointsException e) {
                metrics.get().refusedEarly();
                throw PointRateLimit.refusal(e);
            }
        }
    }
}
