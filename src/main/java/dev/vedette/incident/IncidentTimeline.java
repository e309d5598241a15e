package dev.vedette.incident;

import dev.vedette.explanation.MetricNames;
import dev.vedette.explanation.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened in an incident, one after the other: where it began, how it spread, what people
 * did, when it was over. Immutable and thread-safe.
 */
public final class IncidentTimeline {
    private final Phrases phrases;
    private final MetricNames names;

    /** Timelines in that language. */
    public IncidentTimeline(Phrases phrases) {
        this.phrases = phrases;
        this.names = new MetricNames(phrases);
    }

    /**
     * One thing that happened.
     *
     * @param at when
     * @param kind began, spread, joined, ended; or what a person did, as {@link
     *     IncidentAction.Kind#label()}
     * @param text what, in a few plain words
     */
    public record Entry(Instant at, String kind, String text) {}

    /** What happened, oldest first: one entry per node, per metric of a node, and per action. */
    public List<Entry> of(IncidentQueries.Detail detail) {
        List<Entry> entries = new ArrayList<>();
        Set<Symptom.Node> nodes = new HashSet<>();
        Set<Object> places = new HashSet<>();
        for (Symptom symptom : detail.symptoms()) {
            boolean newNode = nodes.add(symptom.node());
            if (places.add(List.of(symptom.node(), symptom.metricName()))) {
                String kind = entries.isEmpty() ? "began" : newNode ? "spread" : "joined";
                entries.add(new Entry(symptom.start(), kind, seen(kind, symptom)));
            }
        }
        for (IncidentAction action : detail.actions()) {
            String kind = action.kind().label();
            String said = action.note().isEmpty() ? "" : ": " + action.note();
            String done = phrases.say("incident.action." + kind, action.actor());
            entries.add(new Entry(action.at(), kind, done + said));
        }
        if (detail.incident().open() == 0) {
            entries.add(
                    new Entry(
                            detail.incident().lastAt(),
                            "ended",
                            phrases.say("incident.timeline.ended")));
        }
        entries.sort(Comparator.comparing(Entry::at));
        return entries;
    }

    private String seen(String kind, Symptom symptom) {
        String what =
                symptom.metricName()
                        .map(metric ->
                                phrases.say(
                                        "incident." + symptom.kind().label(),
                                        names.of(metric),
                                        symptom.nodeId()))
                        .orElseGet(() -> phrases.say("incident.whole", symptom.nodeId()));
        return phrases.say("incident.timeline." + kind, what);
    }
}
