package dev.vedette.dashboard;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What the chart of a series shows beside it, as the address of its page says.
 *
 * @param week the same stretch of time seven days earlier: {@code compare=week}
 * @param siblings the same metric on other nodes of the cluster: {@code siblings=on}
 * @param events what people did about it: {@code events=on}
 */
record Beside(boolean week, boolean siblings, boolean events) {
    static final String COMPARE = "compare";
    static final String SIBLINGS = "siblings";
    static final String EVENTS = "events";
    static final String WEEK = "week";
    static final String ON = "on";

    /** What that address asks for; anything else than what is known asks for nothing. */
    static Beside of(RoutingContext context) {
        return new Beside(
                Visits.query(context, COMPARE).equals(Optional.of(WEEK)),
                Visits.query(context, SIBLINGS).equals(Optional.of(ON)),
                Visits.query(context, EVENTS).equals(Optional.of(ON)));
    }

    /** The part of a link about lines, with an ampersand before it; empty for none. */
    String query() {
        return (week ? "&" + COMPARE + "=" + WEEK : "")
                + (siblings ? "&" + SIBLINGS + "=" + ON : "");
    }
}
