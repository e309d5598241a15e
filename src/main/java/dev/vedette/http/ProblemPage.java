package dev.vedette.http;

import io.vertx.ext.web.RoutingContext;

/** How a person in a browser is told of a refusal. The dashboard knows. */
public interface ProblemPage {
    /** The whole page. */
    String html(RoutingContext context, Problem problem);
}
