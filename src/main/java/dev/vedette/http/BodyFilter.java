package dev.vedette.http;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Where the framework lets a request be refused after its access was checked and before its body is
 * read. A class of its own because filters are made before there are settings.
 */
class BodyFilter {
    private final BodyLimit limit;

    BodyFilter(BodyLimit limit) {
        this.limit = limit;
    }

    @ServerRequestFilter
    void makeRoom(RoutingContext context) {
        limit.makeRoom(context);
    }
}
