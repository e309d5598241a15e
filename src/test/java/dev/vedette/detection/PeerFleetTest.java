package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.explanation.Explainer;
import dev.vedette.explanation.Phrases;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.simulation.Fleet;
import dev.vedette.simulation.FleetSeries;
import dev.vedette.simulation.IncidentPlan;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of simulated fleets, compared every five minutes. */
class PeerFleetTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int NODES = 12;
    private static final int BUCKETS_OF_DAY = 288;
    private static final int POINTS_OF_BUCKET = 5;

    /** An incident in a hundred years. */
    private static final IncidentPlan CALM =
            new IncidentPlan(
                    START.plus(Duration.ofDays(36_500)),
                    Duration.ofDays(36_500),
                    Duration.ofDays(36_500));

    private static final SettingsSource.Revision SETTINGS =
            new SettingsSource.Revision() {
                @Override
                public long number() {
                    return 0;
                }

                @Override
                public DetectionPlan of(Series series) {
                    return new DetectionPlan("ensemble", DetectionSettings.DEFAULT);
                }

                @Override
                public double ofWhole(NodeKey node) {
                    return DetectionSettings.DEFAULT.threshold();
                }
            };

    /** A change of the metrics of one node from a bucket on. */
    private record Change(String metric, double factor, int from, int to) {
        double on(FleetSeries series, int node, int bucket, double value) {
            boolean its = node == 0 && series.metric().metricName().equals(metric);
            return its && bucket >= from && bucket < to ? value * factor : value;
        }
    }

    @Test
    void calmFleetsRaiseAFalseAlarmInTwentyNodeWeeksAtMost() {
        int days = 14;
        int found = 0;
        for (long seed = 1; seed <= 3; seed++) {
            found += run(seed, days, new Change("", 1, 0, 0)).size();
        }
        double nodeWeeks = 3 * 2 * NODES * days / 7.0;
        assertTrue(found <= nodeWeeks / 20, found + " in " + nodeWeeks + " weeks of a node");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void nodeThatHasThreeTimesWhatItsPeersHaveIsOneAnomalyThatNamesTheMetric(long seed) {
        int from = 2 * BUCKETS_OF_DAY;
        Instant start = START.plus(Duration.ofDays(2));
        for (String metric : List.of("cpu_usage", "requests")) {
            Map<UUID, Anomaly> found = run(seed, 3, new Change(metric, 3, from, from + 72));
            List<Anomaly> its =
                    found.values().stream()
                            .filter(one ->
                                    one.contributions().getFirst().metricName().equals(metric))
                            .toList();
            assertEquals(1, its.size(), found::toString);
            Anomaly one = its.getFirst();
            assertEquals("api-01", one.place().nodeId());
            assertEquals(AnomalyKind.PEER, one.result().kind());
            assertEquals(AnomalyStatus.CLOSED, one.status());
            Duration late = Duration.between(start, one.result().windowStart());
            assertTrue(late.compareTo(Duration.ofMinutes(30)) <= 0, "begins after " + late);
            assertTrue(one.result().observed() > one.result().upper());
        }
    }

    @Test
    void sentenceSaysWhatTheNodeHasAndWhatItsPeersHave() {
        Map<UUID, Anomaly> found =
                run(11, 3, new Change("requests", 3, 2 * BUCKETS_OF_DAY, 3 * BUCKETS_OF_DAY));
        assertEquals(
                List.of(
                        "Request rate of api-01 has stood apart from that of its peers since 00:00:"
                                + " 1\u202f383, 2.8 times what they have (386–594)."),
                found.values().stream().map(Anomaly::explanation).toList());
    }

    @Test
    void aStandingThatCannotBeReadIsBegunAnewAndTold() {
        Map<NodeKey, String> told = new HashMap<>();
        PeerComparison comparison =
                new PeerComparison(
                        _ -> Map.of(), SETTINGS, new Explainer(Phrases.ENGLISH), told::put);
        NodeLevels node =
                levels(
                        List.of(series(new Fleet(1, 1, 1, CALM).series().getFirst())),
                        START,
                        new float[] {1});
        byte[] other = new PeerStanding().snapshot();
        other[0]++;

        PeerStore.Found found =
                comparison.of(
                        new PeerStore.Peers(List.of(node), Map.of(node.node(), other)),
                        START,
                        START);

        assertEquals(
                Map.of(node.node(), "standing of a node is cut off or of another version"), told);
        assertArrayEquals(new byte[0], found.standings().get(node.node()));
    }

    /** What was found, latest state, of two clusters. */
    private static Map<UUID, Anomaly> run(long seed, int days, Change change) {
        Fleet fleet = new Fleet(seed, 2, NODES, CALM);
        List<Series> series = new ArrayList<>();
        fleet.series().forEach(one -> series.add(series(one)));
        Map<Long, Series> catalogue = new HashMap<>();
        series.forEach(one -> catalogue.put(one.id().value(), one));
        PeerComparison comparison =
                new PeerComparison(
                        _ -> catalogue,
                        SETTINGS,
                        new Explainer(Phrases.ENGLISH),
                        (node, reason) -> fail(node + ": " + reason));
        Map<NodeKey, byte[]> standings = new HashMap<>();
        Map<UUID, Anomaly> found = new LinkedHashMap<>();
        int metrics = fleet.size() / (2 * NODES);
        for (int bucket = 0; bucket < days * BUCKETS_OF_DAY; bucket++) {
            Instant at = START.plus(Duration.ofMinutes(5L * bucket));
            float[][] means = means(fleet, bucket, change);
            for (int first = 0; first < 2 * NODES; first += NODES) {
                List<NodeLevels> levels = new ArrayList<>();
                for (int node = first; node < first + NODES; node++) {
                    List<Series> its = series.subList(node * metrics, (node + 1) * metrics);
                    levels.add(levels(its, at, means[node]));
                }
                PeerStore.Found now = comparison.of(new PeerStore.Peers(levels, standings), at, at);
                standings.putAll(now.standings());
                standings.values().removeIf(standing -> standing.length == 0);
                now.anomalies().forEach(one -> found.put(one.id(), one));
            }
        }
        return found;
    }

    private static float[][] means(Fleet fleet, int bucket, Change change) {
        int metrics = fleet.size() / (2 * NODES);
        float[][] means = new float[2 * NODES][metrics];
        double[] values = new double[fleet.size()];
        for (int point = 0; point < POINTS_OF_BUCKET; point++) {
            Instant at = START.plus(Duration.ofMinutes(5L * bucket + point));
            fleet.fillStep(at.toEpochMilli(), values);
            for (int i = 0; i < values.length; i++) {
                double value = change.on(fleet.series().get(i), i / metrics, bucket, values[i]);
                means[i / metrics][i % metrics] += (float) (value / POINTS_OF_BUCKET);
            }
        }
        return means;
    }

    private static NodeLevels levels(List<Series> its, Instant at, float[] means) {
        float[] rates = new float[means.length];
        Arrays.fill(rates, Float.NaN);
        long[] ids = its.stream().mapToLong(one -> one.id().value()).toArray();
        return new NodeLevels(NodeKey.of(its.getFirst().key()), at, ids, means, rates);
    }

    private static Series series(FleetSeries of) {
        SeriesKey key =
                new SeriesKey(
                        TENANT, of.clusterId(), of.nodeId(), of.metric().metricName(), Labels.NONE);
        return new Series(new SeriesId(TENANT, of.index() + 1L), key, Optional.empty(), 0);
    }
}
