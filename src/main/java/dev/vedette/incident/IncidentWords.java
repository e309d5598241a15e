package dev.vedette.incident;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.explanation.MetricNames;
import dev.vedette.explanation.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names incidents in a few plain words: "CPU spiked on api-05", "CPU, used memory and 3 more on
 * api-05", "CPU on 12 nodes of edge", "14 nodes of edge, first used memory on node-042", "3
 * payments of acc-17", "Payments of 4 accounts to kiosk". Immutable and thread-safe.
 */
public final class IncidentWords {
    /** Most names in one title. */
    private static final int MOST_NAMES = 2;

    private final Phrases phrases;
    private final MetricNames names;

    /** Titles in that language. */
    public IncidentWords(Phrases phrases) {
        this.phrases = phrases;
        this.names = new MetricNames(phrases);
    }

    /** What those anomalies, which began there, are together. */
    String title(List<Symptom> byOnset, SuspectedOrigin origin) {
        if (byOnset.getFirst().isPayment()) {
            return ofPayments(byOnset);
        }
        Set<String> metrics = new LinkedHashSet<>();
        byOnset.forEach(symptom -> symptom.metricName().map(names::of).ifPresent(metrics::add));
        Set<Symptom.Node> nodes = new LinkedHashSet<>();
        byOnset.forEach(symptom -> nodes.add(symptom.node()));
        return nodes.size() == 1
                ? onOneNode(byOnset, metrics, origin)
                : onManyNodes(metrics, nodes, origin);
    }

    private String ofPayments(List<Symptom> byOnset) {
        long accounts = byOnset.stream().map(Symptom::nodeId).distinct().count();
        List<String> merchants =
                byOnset.stream().flatMap(one -> one.merchant().stream()).distinct().toList();
        if (accounts == 1) {
            return phrases.say(
                    "incident.payments.account", byOnset.size(), byOnset.getFirst().nodeId());
        }
        return merchants.size() == 1
                ? phrases.say("incident.payments.merchant", accounts, merchants.getFirst())
                : phrases.say("incident.payments.many", accounts, merchants.size());
    }

    private String onOneNode(List<Symptom> byOnset, Set<String> metrics, SuspectedOrigin origin) {
        if (metrics.isEmpty()) {
            return byOnset.getFirst().kind() == AnomalyKind.PEER
                    ? phrases.say("incident.whole.peer", origin.nodeId())
                    : phrases.say("incident.whole", origin.nodeId());
        }
        if (metrics.size() == 1) {
            String kind =
                    byOnset.stream()
                            .filter(symptom -> symptom.metricName().isPresent())
                            .findFirst()
                            .orElseThrow()
                            .kind()
                            .label();
            return phrases.say("incident." + kind, metrics.iterator().next(), origin.nodeId());
        }
        return phrases.say("incident.on", list(metrics), origin.nodeId());
    }

    private String onManyNodes(
            Set<String> metrics, Set<Symptom.Node> nodes, SuspectedOrigin origin) {
        if (metrics.size() == 1) {
            return phrases.say(
                    "incident.nodes.one",
                    metrics.iterator().next(),
                    nodes.size(),
                    origin.clusterId());
        }
        return origin.metricName()
                .map(metric ->
                        phrases.say(
                                "incident.nodes.first",
                                nodes.size(),
                                origin.clusterId(),
                                names.inside(names.of(metric)),
                                origin.nodeId()))
                .orElseGet(() ->
                        phrases.say(
                                "incident.nodes.whole",
                                nodes.size(),
                                origin.clusterId(),
                                origin.nodeId()));
    }

    private String list(Set<String> metrics) {
        List<String> named = new ArrayList<>();
        for (String metric : metrics) {
            if (named.size() < MOST_NAMES) {
                named.add(named.isEmpty() ? metric : names.inside(metric));
            }
        }
        int more = metrics.size() - named.size();
        if (more > 0) {
            return phrases.say("incident.more", String.join(", ", named), more);
        }
        return phrases.say("incident.and", named.get(0), named.get(1));
    }
}
