package dev.vedette.ingestion.rest;

import dev.vedette.http.CurrentCaller;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
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
    // filters are made before there are meters
    private final Instance<RefusedSenders> senders;

    EarlyRefusal(CurrentCaller caller, Instance<RefusedSenders> senders) {
        this.caller = caller;
        this.senders = senders;
    }

    @ServerRequestFilter
    void refuse(SimpleResourceInfo resource, RoutingContext context) {
        if (context.request().method().equals(HttpMethod.POST)
                && resource.getResourceClass().getName().startsWith(PROTOCOLS)) {
            caller.caller().tenant().ifPresent(tenant -> senders.get().refuse(tenant, context));
        }
    }
}
