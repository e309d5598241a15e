package dev.vedette.explanation;

import dev.vedette.detection.Contribution;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says what is wrong with a node as a whole: "api-05 as a whole has behaved unlike its usual since
 * 09:10: CPU, Load and Errors moved together." Immutable and thread-safe.
 */
final class NodeWords {
    /** Most metrics named in a sentence. */
    private static final int NAMED = 3;

    /** From so many times what its peers have on, the multiple is said. */
    private static final double TWICE = 2;

    private final Phrases phrases;
    private final MetricNames names;

    NodeWords(Phrases phrases) {
        this.phrases = phrases;
        this.names = new MetricNames(phrases);
    }

    /** The sentence for that anomaly. */
    String sentence(
            String node, AnomalyResult anomaly, List<Contribution> contributions, TimeWords times) {
        Instant last = anomaly.windowEnd();
        return phrases.say(
                "node."
                        + anomaly.kind().label()
                        + "."
                        + Situation.of(anomaly).key()
                        + many(contributions),
                node,
                listed(contributions),
                times.clock(anomaly.windowStart(), last),
                times.duration(Duration.between(anomaly.windowStart(), last)),
                anomaly.kind() == AnomalyKind.PEER
                        ? besidePeers(anomaly, contributions.getFirst().unit())
                        : "");
    }

    /** "91 %, 3.2 times what its peers have (24–31 %)". */
    private String besidePeers(AnomalyResult anomaly, Optional<String> unit) {
        Quantities quantities =
                new Quantities(phrases, unit, anomaly.lower(), anomaly.upper(), anomaly.observed());
        double times = anomaly.observed() / anomaly.expected();
        boolean isMultiple = anomaly.expected() > 0 && times >= TWICE;
        return phrases.say(
                isMultiple ? "node.peer.times" : "node.peer.against",
                quantities.amount(anomaly.observed()),
                quantities.range(),
                times);
    }

    private static String many(List<Contribution> contributions) {
        return contributions.size() == 1 ? ".one" : ".many";
    }

    private String listed(List<Contribution> contributions) {
        List<String> named =
                contributions.stream()
                        .limit(NAMED)
                        .map(one -> names.of(one.metricName(), one.labels()))
                        .toList();
        return phrases.list(named, 0);
    }
}
