package dev.vedette.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides what a tenant's people are told: hands incidents to the routes that take them, and each
 * alert to {@link AlertPlanner}. Holds no state and reads no clock.
 */
public final class AlertPlans {
    /** How long a message counts against what its route may say in an hour. */
    public static final Duration LOUD_FOR = Duration.ofHours(1);

    private final RouteTable routes;
    private final List<Silence> silences;

    /** Plans by those routes and silences. */
    public AlertPlans(List<Route> routes, List<Silence> silences) {
        this.routes = new RouteTable(routes);
        this.silences = List.copyOf(silences);
    }

    /**
     * What is known at a moment.
     *
     * @param incidents those that changed, and all those of the alerts
     * @param alerts those of the incidents, those to be looked at, and those of routes that group
     * @param loud when each route asked for attention within the last hour, in order
     * @param now the moment
     */
    public record Moment(
            List<IncidentFacts> incidents,
            List<Alert> alerts,
            Map<String, List<Instant>> loud,
            Instant now) {
        /** Copies the collections. */
        public Moment {
            incidents = List.copyOf(incidents);
            alerts = List.copyOf(alerts);
            loud = Map.copyOf(loud);
        }
    }

    /**
     * What is decided.
     *
     * @param alerts those that are new or changed
     * @param messages what is told, in order
     */
    public record Decisions(List<Alert> alerts, List<Message> messages) {
        /** Copies the lists. */
        public Decisions {
            alerts = List.copyOf(alerts);
            messages = List.copyOf(messages);
        }
    }

    private record Name(String route, String group) {}

    private record Held(String route, UUID incident) {}

    /** Decides. */
    public Decisions decide(Moment moment) {
        Map<UUID, IncidentFacts> incidents = new LinkedHashMap<>();
        moment.incidents.stream()
                .sorted(
                        Comparator.comparing(IncidentFacts::startedAt)
                                .thenComparing(IncidentFacts::id))
                .forEach(incident -> incidents.put(incident.id(), incident));
        Map<Name, Alert> alerts = new LinkedHashMap<>();
        moment.alerts.forEach(alert -> alerts.put(new Name(alert.route(), alert.group()), alert));
        Map<Name, Alert> before = Map.copyOf(alerts);
        Set<Held> held = new HashSet<>();
        moment.alerts.forEach(
                alert -> alert.incidents().forEach(id -> held.add(new Held(alert.route(), id))));
        incidents.values().forEach(incident -> assign(incident, alerts, held, moment.now));
        Map<String, List<Instant>> loud = new HashMap<>();
        moment.loud.forEach((route, times) -> loud.put(route, new ArrayList<>(times)));
        List<Alert> changed = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (Alert alert : alerts.values()) {
            AlertPlanner.Step step = step(alert, incidents, loud, moment.now);
            step.message().ifPresent(messages::add);
            if (!step.alert().equals(before.get(new Name(alert.route(), alert.group())))) {
                changed.add(step.alert());
            }
        }
        return new Decisions(changed, messages);
    }

    /** Gives the incident to the routes that take it and have not got it yet. */
    private void assign(
            IncidentFacts incident, Map<Name, Alert> alerts, Set<Held> held, Instant now) {
        if (!isNew(incident, now)) {
            return;
        }
        for (Route route : routes.of(incident)) {
            if (held.add(new Held(route.name(), incident.id()))) {
                Name name = new Name(route.name(), route.groupOf(incident));
                alerts.merge(
                        name,
                        Alert.of(name.route, name.group, incident.id(), now),
                        (there, _) -> joined(there, incident.id()));
            }
        }
    }

    private static boolean isNew(IncidentFacts incident, Instant now) {
        return incident.isNews()
                && incident.stands()
                && incident.lastAt().isAfter(now.minus(AlertPlanner.STALE));
    }

    /** With one more incident; what is over makes room. */
    private static Alert joined(Alert alert, UUID incident) {
        boolean isDone =
                alert.phase() == Alert.Phase.RESOLVED || alert.phase() == Alert.Phase.PASSED;
        List<UUID> all = new ArrayList<>(isDone ? List.of() : alert.incidents());
        all.add(incident);
        int surplus = Math.max(0, all.size() - Alert.MOST_INCIDENTS);
        return alert.with(all.subList(surplus, all.size()));
    }

    private AlertPlanner.Step step(
            Alert alert,
            Map<UUID, IncidentFacts> incidents,
            Map<String, List<Instant>> loud,
            Instant now) {
        List<IncidentFacts> own =
                alert.incidents().stream()
                        .filter(incidents::containsKey)
                        .map(incidents::get)
                        .toList();
        Optional<Route> route = routes.named(alert.route());
        boolean isPending = alert.phase() == Alert.Phase.PENDING;
        boolean isTheirs =
                route.isPresent()
                        && (!isPending || own.stream().anyMatch(one -> takes(route.get(), one)));
        if (own.isEmpty() || !isTheirs) {
            boolean isActive = isPending || alert.phase() == Alert.Phase.FIRING;
            return new AlertPlanner.Step(
                    isActive
                            ? alert.passed(Alert.Held.ROUTE)
                            : alert.waiting(alert.held(), Optional.empty()),
                    Optional.empty());
        }
        List<Instant> times = loud.computeIfAbsent(alert.route(), none -> new ArrayList<>());
        AlertPlanner.Step step =
                new AlertPlanner(route.orElseThrow(), silences, times, now).step(alert, own);
        step.message()
                .filter(message -> Message.isLoud(message.event()))
                .ifPresent(message -> times.add(message.at()));
        return step;
    }

    private boolean takes(Route route, IncidentFacts incident) {
        return routes.of(incident).contains(route);
    }
}
