package dev.vedette.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an incident most likely began: the node that was off early, strongly and on many metrics.
 * The three count the same. A guess, and said as one: no causes are inferred.
 *
 * @param clusterId where
 * @param nodeId where
 * @param metricName the node's metric that was off first; empty when only the node as a whole was
 * @param since when that was
 * @param weight how far it stands out, in [0,1]: 1 is the earliest, a full score and every metric
 */
public record SuspectedOrigin(
        String clusterId,
        String nodeId,
        Optional<String> metricName,
        Instant since,
        double weight) {
    /**
     * The suspected origin of a group.
     *
     * @param byOnset its members by onset, at least one
     */
    static SuspectedOrigin of(List<Symptom> byOnset) {
        Map<Symptom.Node, Suspect> suspects = new HashMap<>();
        Set<Object> metrics = new HashSet<>();
        for (Symptom symptom : byOnset) {
            suspects.computeIfAbsent(symptom.node(), node -> new Suspect(symptom)).add(symptom);
            metrics.add(symptom.metricName());
        }
        Instant first = byOnset.getFirst().start();
        double span = seconds(first, byOnset.getLast().start());
        Suspect most =
                suspects.values().stream()
                        .max(
                                Comparator.comparingDouble((Suspect s) ->
                                                s.weight(first, span, metrics.size()))
                                        .thenComparing(s -> s.first, Symptom.BY_ONSET.reversed()))
                        .orElseThrow();
        Symptom lead = most.lead();
        return new SuspectedOrigin(
                lead.clusterId(),
                lead.nodeId(),
                lead.metricName(),
                lead.start(),
                most.weight(first, span, metrics.size()));
    }

    private static double seconds(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / 1e3;
    }

    /** A node of the incident. */
    private static final class Suspect {
        private final Symptom first;
        private final Set<Object> metrics = new HashSet<>();
        private Symptom lead;
        private double strongest;

        Suspect(Symptom first) {
            this.first = first;
            this.lead = first;
        }

        void add(Symptom symptom) {
            metrics.add(symptom.metricName());
            strongest = Math.max(strongest, symptom.score());
            // The node as a whole says less than a metric that began at the same time.
            if (lead.metricName().isEmpty() && symptom.start().equals(lead.start())) {
                lead = symptom;
            }
        }

        Symptom lead() {
            return lead;
        }

        double weight(Instant began, double span, int allMetrics) {
            double early = span == 0 ? 1 : 1 - seconds(began, first.start()) / span;
            double wide = (double) metrics.size() / allMetrics;
            return (early + strongest + wide) / 3;
        }
    }
}
