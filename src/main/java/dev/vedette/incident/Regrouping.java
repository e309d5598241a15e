package dev.vedette.incident;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How stored incidents change when anomalies came, grew or went.
 *
 * @param incidents what there is now of the anomalies looked at
 * @param merged incidents that went into another, each with that other
 * @param withdrawn incidents of which no anomaly is left: a backfill has judged anew
 */
public record Regrouping(
        List<IncidentSummary> incidents, Map<UUID, UUID> merged, Set<UUID> withdrawn) {
    /** Copies all three. */
    public Regrouping {
        incidents = List.copyOf(incidents);
        merged = Map.copyOf(merged);
        withdrawn = Set.copyOf(withdrawn);
    }

    /**
     * Groups anew.
     *
     * @param symptoms all anomalies that are near one that changed, and all members of the
     *     incidents of these
     * @param before the incident each anomaly belonged to, of those that belonged to one; anomalies
     *     that are gone included
     * @return the same for the same anomalies, whatever came before
     */
    public static Regrouping of(
            IncidentGrouper grouper,
            IncidentWords words,
            Collection<Symptom> symptoms,
            Map<UUID, UUID> before) {
        List<IncidentSummary> incidents =
                grouper.group(symptoms).stream()
                        .map(group -> IncidentSummary.of(group, words))
                        .toList();
        Set<UUID> live = new HashSet<>();
        for (IncidentSummary incident : incidents) {
            live.add(incident.id());
        }
        Map<UUID, UUID> merged = new HashMap<>();
        Set<UUID> withdrawn = new HashSet<>();
        for (IncidentSummary incident : incidents) {
            for (UUID anomaly : incident.anomalies()) {
                UUID old = before.get(anomaly);
                if (old != null && !live.contains(old)) {
                    // Of one that split, the part with the earliest anomaly is its heir.
                    merged.putIfAbsent(old, incident.id());
                }
            }
        }
        for (UUID old : before.values()) {
            if (!live.contains(old) && !merged.containsKey(old)) {
                withdrawn.add(old);
            }
        }
        return new Regrouping(incidents, merged, withdrawn);
    }
}
