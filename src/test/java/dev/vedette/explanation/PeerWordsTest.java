package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.Contribution;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a node that stands apart from its peers. */
class PeerWordsTest {
    private static final Instant START = Instant.parse("2026-11-20T09:10:00Z");
    private static final Explainer ENGLISH = new Explainer(Phrases.ENGLISH);
    private static final Explainer GERMAN = new Explainer(new Phrases(Locale.GERMAN));

    @Test
    void multipleOfWhatPeersHaveIsSaid() {
        assertEquals(
                "CPU of api-05 has stood apart from that of its peers since 09:10: 92, 3.3 times"
                        + " what they have (24–31).",
                said(ENGLISH, 92, 28, 24, 31, true, "cpu_usage"));
        assertEquals(
                "CPU von api-05 liegt seit 09:10 abseits der anderen Knoten: 92, das 3,3-Fache der"
                        + " anderen (24–31).",
                said(GERMAN, 92, 28, 24, 31, true, "cpu_usage"));
    }

    @Test
    void whoLiesBelowIsSetAgainstItsPeers() {
        assertEquals(
                "Request rate of api-05 stood apart from that of its peers from 09:10 on for 1 h:"
                        + " 3, where they have 24–31.",
                said(ENGLISH, 3, 28, 24, 31, false, "request_rate"));
    }

    @Test
    void ofSeveralMetricsTheFirstIsTheOneThatIsFarthestOff() {
        assertEquals(
                "api-05 has stood apart from its peers since 09:10 in CPU and Load; the first: 92,"
                        + " 3.3 times what they have (24–31).",
                said(ENGLISH, 92, 28, 24, 31, true, "cpu_usage", "load"));
    }

    @Test
    void valuesHaveTheUnitOfTheMetric() {
        assertEquals(
                "CPU of api-05 has stood apart from that of its peers since 09:10: 92 %, 3.3 times"
                        + " what they have (24–31 %).",
                said(ENGLISH, Optional.of("percent"), 92, 28, 24, 31, true, "cpu_usage"));
    }

    private static String said(
            Explainer explainer,
            double observed,
            double expected,
            double lower,
            double upper,
            boolean open,
            String... metrics) {
        return said(explainer, Optional.empty(), observed, expected, lower, upper, open, metrics);
    }

    private static String said(
            Explainer explainer,
            Optional<String> unit,
            double observed,
            double expected,
            double lower,
            double upper,
            boolean open,
            String... metrics) {
        AnomalyResult result =
                new AnomalyResult(
                        START,
                        START.plusSeconds(3600),
                        START,
                        open,
                        0.8,
                        AnomalyKind.PEER,
                        0.8,
                        0.8,
                        observed,
                        expected,
                        lower,
                        upper,
                        12,
                        Map.of("peers", 0.8));
        NodeKey node = new NodeKey(new TenantId("acme"), "eu", "api-05");
        List<Contribution> parts =
                List.of(metrics).stream()
                        .map(name -> new Contribution(1, name, Labels.NONE, unit, 0.5))
                        .toList();
        return explainer
                .explain(AnomalyPlace.of(node, 0), result, parts, ZoneOffset.UTC)
                .replace('\u202f', ' ');
    }
}
