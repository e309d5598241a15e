package dev.vedette.alerting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of a tenant in the order they are asked. The first that fits takes the incident,
 * unless it says to go on. Immutable and thread-safe.
 */
public final class RouteTable {
    private static final Comparator<Route> ORDER =
            Comparator.comparingInt(Route::position).thenComparing(Route::name);

    private final Map<String, Route> byName = new LinkedHashMap<>();

    /** A table of those routes. */
    public RouteTable(List<Route> routes) {
        routes.stream().sorted(ORDER).forEach(route -> byName.put(route.name(), route));
    }

    /** The routes that take the incident, in their order. */
    public List<Route> of(IncidentFacts incident) {
        List<Route> taking = new ArrayList<>();
        for (Route route : byName.values()) {
            if (route.isOn() && Matcher.all(route.matchers(), incident)) {
                taking.add(route);
                if (!route.goesOn()) {
                    break;
                }
            }
        }
        return taking;
    }

    /** The route of that name, if it is on. */
    public Optional<Route> named(String name) {
        return Optional.ofNullable(byName.get(name)).filter(Route::isOn);
    }

    /** All of them in the order they are asked. */
    public List<Route> all() {
        return List.copyOf(byName.values());
    }
}
