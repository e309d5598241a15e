package dev.vedette.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentGrouperTest {
    private static final Instant T0 = Instant.parse("2026-03-02T09:00:00Z");
    private static final IncidentReach REACH = IncidentReach.DEFAULT;

    private final IncidentGrouper grouper = new IncidentGrouper(REACH);

    @Test
    void twoMetricsOfOneNodeWithinReachAreOneIncident() {
        assertEquals(
                1,
                grouper.group(List.of(at("a", "n1", "cpu", 0, 5), at("a", "n1", "mem", 30, 40)))
                        .size());
    }

    @Test
    void aLongPauseOnANodeStartsANewIncident() {
        assertEquals(
                2,
                grouper.group(List.of(at("a", "n1", "cpu", 0, 5), at("a", "n1", "cpu", 36, 40)))
                        .size());
    }

    @Test
    void oneMetricSpreadingOverNodesIsOneIncidentWhileItOverlaps() {
        assertEquals(
                1,
                grouper.group(
                                List.of(
                                        at("a", "n1", "mem", 0, 60),
                                        at("a", "n2", "mem", 20, 60),
                                        at("a", "n3", "mem", 40, 60)))
                        .size());
    }

    @Test
    void differentMetricsOfDifferentNodesMeetOnlyWhenTheyBeginTogether() {
        Symptom first = at("a", "n1", "cpu", 0, 60);
        assertEquals(1, grouper.group(List.of(first, at("a", "n2", "disk", 2, 60))).size());
        assertEquals(2, grouper.group(List.of(first, at("a", "n2", "disk", 3, 60))).size());
    }

    @Test
    void nodesOfTheSameNameInTwoClustersAreStrangers() {
        assertEquals(
                2,
                grouper.group(List.of(at("a", "n1", "cpu", 0, 5), at("b", "n1", "cpu", 0, 5)))
                        .size());
    }

    @Test
    void aNodeAsAWholeJoinsItsMetricsButNoOtherNode() {
        Symptom whole = whole("a", "n1", 10, 50);
        assertEquals(1, grouper.group(List.of(whole, at("a", "n1", "cpu", 0, 5))).size());
        assertEquals(2, grouper.group(List.of(whole, whole("a", "n2", 20, 50))).size());
    }

    @Test
    void aLongAnomalyStillHoldsWhatCameLongAfterItsNeighbourEnded() {
        List<List<Symptom>> groups =
                grouper.group(
                        List.of(
                                at("a", "n1", "cpu", 0, 300),
                                at("a", "n1", "mem", 10, 12),
                                at("a", "n1", "disk", 290, 295)));
        assertEquals(1, groups.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void groupsAreTheConnectedComponentsOfTheRelationInAnyOrderOfArrival(long seed) {
        List<Symptom> symptoms = random(seed, 120);
        Set<Set<UUID>> expected = byPairs(symptoms);
        for (int shuffle = 0; shuffle < 5; shuffle++) {
            Collections.shuffle(symptoms, new Random(seed * 31 + shuffle));
            assertEquals(expected, ids(grouper.group(symptoms)), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void moreAnomaliesAndLongerOnesOnlyMergeIncidents(long seed) {
        List<Symptom> all = random(seed, 80);
        List<Symptom> known = new ArrayList<>();
        for (Symptom symptom : all) {
            known.add(
                    new Symptom(
                            symptom.anomaly(),
                            symptom.clusterId(),
                            symptom.nodeId(),
                            symptom.metricName(),
                            symptom.start(),
                            symptom.start(),
                            true,
                            symptom.score(),
                            symptom.kind()));
        }
        Set<Set<UUID>> early = ids(grouper.group(known.subList(0, 60)));
        Set<Set<UUID>> late = ids(grouper.group(all));
        for (Set<UUID> group : early) {
            assertTrue(late.stream().anyMatch(whole -> whole.containsAll(group)), "seed " + seed);
        }
    }

    @Test
    void theOriginIsTheNodeThatIsEarlyStrongAndWide() {
        List<Symptom> group =
                grouper.group(
                                List.of(
                                        at("a", "db", "mem", 0, 60, .9),
                                        at("a", "db", "cpu", 1, 60, .9),
                                        at("a", "web", "cpu", 1, 60, .7)))
                        .getFirst();
        SuspectedOrigin origin = SuspectedOrigin.of(group);
        assertEquals("db", origin.nodeId());
        assertEquals(Optional.of("mem"), origin.metricName());
        assertEquals(T0, origin.since());
    }

    @Test
    void aMetricThatBeganWithTheWholeNodeIsToldInItsPlace() {
        List<Symptom> group =
                grouper.group(List.of(whole("a", "db", 0, 60), at("a", "db", "cpu", 0, 60)))
                        .getFirst();
        assertEquals(Optional.of("cpu"), SuspectedOrigin.of(group).metricName());
    }

    @Test
    void aNegativeReachIsRefusedWithItsValue() {
        Duration negative = Duration.ofMinutes(-1);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new IncidentReach(negative, Duration.ZERO, Duration.ZERO));
        assertEquals("reach on a node must be 0 or more, is PT-1M", refused.getMessage());
    }

    private static List<Symptom> random(long seed, int size) {
        Random random = new Random(seed);
        List<Symptom> symptoms = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int start = random.nextInt(600);
            String cluster = "c" + random.nextInt(2);
            String node = "n" + random.nextInt(6);
            int end = start + random.nextInt(20);
            symptoms.add(
                    random.nextInt(5) == 0
                            ? whole(cluster, node, start, end)
                            : at(cluster, node, "m" + random.nextInt(4), start, end));
        }
        return symptoms;
    }

    /** The same by looking at every pair until nothing more joins. */
    private static Set<Set<UUID>> byPairs(List<Symptom> symptoms) {
        List<Set<Symptom>> groups = new ArrayList<>();
        for (Symptom symptom : symptoms) {
            Set<Symptom> joined = new HashSet<>(Set.of(symptom));
            groups.removeIf(group ->
                    group.stream().anyMatch(other -> related(symptom, other))
                            && joined.addAll(group));
            groups.add(joined);
        }
        return groups.stream()
                .map(group -> group.stream().map(Symptom::anomaly).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    private static boolean related(Symptom a, Symptom b) {
        if (!a.clusterId().equals(b.clusterId())) {
            return false;
        }
        boolean sameNode = a.nodeId().equals(b.nodeId());
        boolean sameMetric = a.metricName().isPresent() && a.metricName().equals(b.metricName());
        Duration starts = Duration.between(a.start(), b.start()).abs();
        return (sameNode && pause(a, b).compareTo(REACH.node()) <= 0)
                || (sameMetric && pause(a, b).compareTo(REACH.metric()) <= 0)
                || starts.compareTo(REACH.onset()) <= 0;
    }

    private static Duration pause(Symptom a, Symptom b) {
        boolean ordered = a.start().isBefore(b.start());
        return Duration.between(ordered ? a.end() : b.end(), ordered ? b.start() : a.start());
    }

    private static Set<Set<UUID>> ids(List<List<Symptom>> groups) {
        return groups.stream()
                .map(group -> group.stream().map(Symptom::anomaly).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    private static Symptom at(String cluster, String node, String metric, int from, int to) {
        return at(cluster, node, metric, from, to, 0.7);
    }

    private static Symptom at(
            String cluster, String node, String metric, int from, int to, double score) {
        return symptom(cluster, node, Optional.of(metric), from, to, score);
    }

    private static Symptom whole(String cluster, String node, int from, int to) {
        return symptom(cluster, node, Optional.empty(), from, to, 0.7);
    }

    private static Symptom symptom(
            String cluster, String node, Optional<String> metric, int from, int to, double score) {
        String name = cluster + node + metric + from + "-" + to;
        return new Symptom(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                cluster,
                node,
                metric,
                T0.plus(Duration.ofMinutes(from)),
                T0.plus(Duration.ofMinutes(to)),
                false,
                score,
                AnomalyKind.SPIKE);
    }
}
