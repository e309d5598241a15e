package dev.vedette.alerting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Runs through a past with the plans that run live: what would have been told. The clock jumps from
 * one change or look to the next, so a week takes as long as what happened in it.
 */
public final class AlertReplay {
    private final AlertPlans plans;
    private final Map<UUID, IncidentFacts> facts = new HashMap<>();
    private final Map<List<String>, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, List<Instant>> loud = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();

    private AlertReplay(AlertPlans plans) {
        this.plans = plans;
    }

    /**
     * Something that became known.
     *
     * @param at when, by the clock of who decides
     * @param facts of the incident as they were then
     */
    public record Change(Instant at, IncidentFacts facts) {}

    /**
     * What would have been told, in order.
     *
     * @param changes in any order
     * @param until the last moment that is looked at
     */
    public static List<Message> messages(AlertPlans plans, List<Change> changes, Instant until) {
        AlertReplay replay = new AlertReplay(plans);
        List<Change> inOrder = changes.stream().sorted(Comparator.comparing(Change::at)).toList();
        int next = 0;
        while (true) {
            Instant look = replay.nextLook(until);
            boolean hasChange = next < inOrder.size() && !inOrder.get(next).at().isAfter(look);
            Instant now = hasChange ? inOrder.get(next).at() : look;
            if (now.isAfter(until)) {
                return List.copyOf(replay.messages);
            }
            Set<UUID> changed = new HashSet<>();
            while (next < inOrder.size() && inOrder.get(next).at().equals(now)) {
                IncidentFacts known = inOrder.get(next++).facts();
                replay.facts.put(known.id(), known);
                changed.add(known.id());
            }
            replay.decide(changed, now);
        }
    }

    private Instant nextLook(Instant until) {
        return alerts.values().stream()
                .flatMap(alert -> alert.lookAt().stream())
                .min(Instant::compareTo)
                .orElse(until.plusNanos(1));
    }

    private void decide(Set<UUID> changed, Instant now) {
        List<Alert> touched =
                alerts.values().stream()
                        .filter(alert ->
                                alert.lookAt().filter(at -> !at.isAfter(now)).isPresent()
                                        || alert.incidents().stream().anyMatch(changed::contains)
                                        || !facts.containsKey(idOf(alert.group())))
                        .toList();
        Set<UUID> known = new HashSet<>(changed);
        touched.forEach(alert -> known.addAll(alert.incidents()));
        AlertPlans.Decisions decisions =
                plans.decide(
                        new AlertPlans.Moment(
                                known.stream().map(facts::get).toList(), touched, loud, now));
        decisions
                .alerts()
                .forEach(alert -> alerts.put(List.of(alert.route(), alert.group()), alert));
        for (Message message : decisions.messages()) {
            messages.add(message);
            if (Message.isLoud(message.event())) {
                loud.computeIfAbsent(message.route(), none -> new ArrayList<>()).add(now);
            }
        }
    }

    /** The incident a group is named after; another for groups of several. */
    private static UUID idOf(String group) {
        try {
            return UUID.fromString(group);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}
