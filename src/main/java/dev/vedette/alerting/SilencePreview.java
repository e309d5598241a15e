package dev.vedette.alerting;

import dev.vedette.incident.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a silence would have muted of a past. The past is run through twice, with the silence and
 * without it, by the plans that run live: what is said here is what then happens. Incidents count
 * by what they were in the end; what became of them in between is not kept.
 *
 * @param muted incidents of which people would have heard, and with the silence not
 * @param later incidents of which people would have heard later, because they outlasted it
 * @param told incidents of which people would have heard all the same
 */
public record SilencePreview(
        List<IncidentFacts> muted, List<IncidentFacts> later, List<IncidentFacts> told) {
    /** Where there are no routes, everything is told once: so the preview shows what fits. */
    private static final Route EVERYTHING =
            new Route(
                    "everything",
                    0,
                    true,
                    false,
                    List.of(),
                    List.of("everywhere"),
                    List.of(),
                    Route.Trigger.ANY,
                    Duration.ZERO,
                    Route.Pace.USUAL,
                    Optional.empty(),
                    List.of());

    /** Copies the lists. */
    public SilencePreview {
        muted = List.copyOf(muted);
        later = List.copyOf(later);
        told = List.copyOf(told);
    }

    /**
     * Previews a silence.
     *
     * @param routes of the tenant
     * @param others the tenant's other silences
     * @param silence the one to try
     * @param past incidents, each once
     * @param until the last moment that is looked at
     */
    public static SilencePreview of(
            List<Route> routes,
            List<Silence> others,
            Silence silence,
            List<IncidentFacts> past,
            Instant until) {
        List<Route> asked = routes.isEmpty() ? List.of(EVERYTHING) : routes;
        List<Silence> all = new ArrayList<>(others);
        all.removeIf(other -> other.name().equals(silence.name()));
        Map<UUID, Instant> without = firstTold(new AlertPlans(asked, all), past, until);
        all.add(silence);
        Map<UUID, Instant> with = firstTold(new AlertPlans(asked, all), past, until);
        List<IncidentFacts> muted = new ArrayList<>();
        List<IncidentFacts> later = new ArrayList<>();
        List<IncidentFacts> told = new ArrayList<>();
        for (IncidentFacts incident : past) {
            Instant before = without.get(incident.id());
            Instant after = with.get(incident.id());
            if (before != null) {
                (after == null ? muted : after.isAfter(before) ? later : told).add(incident);
            }
        }
        return new SilencePreview(muted, later, told);
    }

    private static Map<UUID, Instant> firstTold(
            AlertPlans plans, List<IncidentFacts> past, Instant until) {
        List<AlertReplay.Change> changes = new ArrayList<>();
        past.forEach(incident -> changes.addAll(life(incident)));
        Map<UUID, Instant> first = new HashMap<>();
        AlertReplay.messages(plans, changes, until)
                .forEach(message -> first.putIfAbsent(message.incident(), message.at()));
        return first;
    }

    /** An incident's beginning and, if it is over, its end. */
    static List<AlertReplay.Change> life(IncidentFacts incident) {
        IncidentFacts open = incident.as(IncidentStatus.OPEN);
        // What was stored long afterwards, by a backfill, counts as seen when it began.
        boolean isLate = incident.seenAt().isAfter(incident.startedAt().plus(AlertPlanner.STALE));
        Instant seen = isLate ? incident.startedAt() : incident.seenAt();
        AlertReplay.Change begun = new AlertReplay.Change(seen, open);
        if (!incident.isOver()) {
            return List.of(begun);
        }
        Instant end = incident.lastAt().isAfter(seen) ? incident.lastAt() : seen.plusMillis(1);
        return List.of(begun, new AlertReplay.Change(end, incident.as(IncidentStatus.RESOLVED)));
    }
}
