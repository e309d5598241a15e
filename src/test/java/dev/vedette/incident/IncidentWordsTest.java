package dev.vedette.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.explanation.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentWordsTest {
    private final List<Symptom> symptoms = new ArrayList<>();

    @Test
    void oneMetricOfOneNodeSaysWhatItDid() {
        add("api-05", "cpu_usage", AnomalyKind.SPIKE);
        assertEquals("CPU spiked on api-05", title());
    }

    @ParameterizedTest
    @EnumSource(AnomalyKind.class)
    void everyKindHasItsWords(AnomalyKind kind) {
        add("api-05", "queue", kind);
        assertTrue(title().startsWith("queue "), title());
    }

    @Test
    void severalMetricsAreNamedUpToTwo() {
        add("api-05", "cpu_usage", AnomalyKind.SPIKE);
        add("api-05", "memory_used", AnomalyKind.TREND);
        assertEquals("CPU and used memory on api-05", title());
        add("api-05", "queue", AnomalyKind.TREND);
        add("api-05", "errors", AnomalyKind.TREND);
        assertEquals("CPU, used memory and 2 more on api-05", title());
    }

    @Test
    void oneMetricOfManyNodesNamesTheCluster() {
        add("api-05", "cpu_usage", AnomalyKind.SPIKE);
        add("api-06", "cpu_usage", AnomalyKind.SPIKE);
        assertEquals("CPU on 2 nodes of edge", title());
    }

    @Test
    void manyOfManyNameTheFirst() {
        add("node-042", "memory_used", AnomalyKind.TREND);
        add("api-06", "cpu_usage", AnomalyKind.SPIKE);
        assertEquals("2 nodes of edge, first used memory on node-042", title());
    }

    @Test
    void aNodeAsAWholeIsNamedSo() {
        add("api-05", null, AnomalyKind.TREND);
        assertEquals("api-05 as a whole is unlike itself", title());
    }

    @Test
    void aNodeApartFromItsPeersIsNamedSo() {
        add("api-05", null, AnomalyKind.PEER);
        assertEquals("api-05 stands apart from its peers", title());
    }

    private void add(
            String node, @org.jspecify.annotations.Nullable String metric, AnomalyKind kind) {
        Instant at = Instant.EPOCH.plusSeconds(60L * symptoms.size());
        symptoms.add(
                new Symptom(
                        new UUID(0, symptoms.size()),
                        "edge",
                        node,
                        Optional.ofNullable(metric),
                        at,
                        at,
                        true,
                        0.7,
                        kind));
    }

    private String title() {
        return new IncidentWords(Phrases.ENGLISH).title(symptoms, SuspectedOrigin.of(symptoms));
    }
}
