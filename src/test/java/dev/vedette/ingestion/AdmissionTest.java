package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final long T = NOW.toEpochMilli() - 3_600_000;

    private final Admission admission = new Admission(AdmissionRules.DEFAULT);

    @Test
    void soundPointsPassUnchanged() {
        AdmittedBatch batch = admit(points(T, 1, T + 1000, 2), series("", 2));
        assertEquals(2, batch.size());
        assertEquals(0, batch.refusals().total());
        assertArrayEquals(new double[] {1, 2}, Arrays.copyOf(batch.values(), 2));
    }

    @Test
    void badPointSpoilsOnlyItselfAndIsPointedAt() {
        IncomingPoints points = points(T, 1, T + 1000, Double.POSITIVE_INFINITY, T + 2000, 3);
        AdmittedBatch batch = admit(points, series("", 3));
        assertEquals(2, batch.size());
        Refusal refusal = batch.refusals().told().getFirst();
        assertEquals("/series/0/points/1", refusal.pointer());
        assertEquals("value_not_finite", refusal.reason().code());
        assertTrue(refusal.detail().contains("Infinity"), refusal.detail());
    }

    @Test
    void pointMoreThanTenMinutesAheadIsRefused() {
        long now = NOW.toEpochMilli();
        AdmittedBatch batch = admit(points(now + 600_000, 1, now + 600_001, 2), series("", 2));
        assertEquals(1, batch.size());
        assertEquals(Map.of(RefusalReason.TIMESTAMP_FUTURE, 1), batch.refusals().points());
    }

    @Test
    void secondsMistakenForMillisecondsAreRefusedWithTheGuess() {
        AdmittedBatch batch = admit(points(1_760_000_000L, 1), series("", 1));
        Refusal refusal = batch.refusals().told().getFirst();
        assertEquals(RefusalReason.TIMESTAMP_INVALID, refusal.reason());
        assertTrue(refusal.detail().contains("seconds"), refusal.detail());
    }

    @Test
    void oldPointsPassUnlessAnAgeIsSet() {
        long old = NOW.minus(Duration.ofDays(3000)).toEpochMilli();
        assertEquals(1, admit(points(old, 1), series("", 1)).size());
        Admission strict =
                new Admission(
                        new AdmissionRules(
                                Duration.ofMinutes(10), Optional.of(Duration.ofDays(90)), 100));
        AdmittedBatch batch = strict.admit(ACME, batch(points(old, 1), series("", 1)), NOW);
        assertEquals(Map.of(RefusalReason.TIMESTAMP_TOO_OLD, 1), batch.refusals().points());
    }

    @Test
    void percentAndCountsAreHeldToTheirBounds() {
        double[] values = {-0.1, 0, 100, 100.1};
        assertEquals(2, admit(column(values), series("percent", 4)).size());
        assertEquals(2, admit(column(values), series("PERCENT", 4)).size());
        assertEquals(3, admit(column(values), series("count", 4)).size());
        assertEquals(4, admit(column(values), series("bytes", 4)).size());
    }

    @Test
    void pointsOutOfOrderAreSortedAndOfEqualTimesTheLastWins() {
        AdmittedBatch batch =
                admit(points(T + 2000, 3, T, 1, T + 2000, 4, T + 1000, 2), series("", 4));
        assertArrayEquals(new double[] {1, 2, 4}, Arrays.copyOf(batch.values(), batch.size()));
        assertEquals(1, batch.duplicates());
        assertEquals(0, batch.refusals().total());
    }

    @Test
    void missingNameRefusesTheSeriesWithAllItsPoints() {
        IncomingSeries nameless = named("", "web-1", "cpu", Map.of(), 2);
        AdmittedBatch batch = admit(points(T, 1, T + 1, 2), nameless);
        assertEquals(0, batch.size());
        assertEquals(Map.of(RefusalReason.REQUIRED_FIELD_MISSING, 2), batch.refusals().points());
        assertEquals("/series/0/cluster_id", batch.refusals().told().getFirst().pointer());
    }

    @Test
    void namesAndLabelsBeyondTheirCapsAreRefused() {
        String tooLong = "x".repeat(257);
        assertEquals(
                Set.of(RefusalReason.NAME_INVALID),
                reasons(named(tooLong, "web-1", "cpu", Map.of(), 1)));
        assertEquals(
                Set.of(RefusalReason.NAME_INVALID),
                reasons(named("eu", "web\u0000", "cpu", Map.of(), 1)));
        assertEquals(
                Set.of(RefusalReason.LABELS_INVALID),
                reasons(named("eu", "web-1", "cpu", Map.of("zone", tooLong), 1)));
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 33; i++) {
            many.put("label" + i, "x");
        }
        assertEquals(
                Set.of(RefusalReason.LABELS_INVALID),
                reasons(named("eu", "web-1", "cpu", many, 1)));
    }

    @Test
    void refusalsAreAllCountedButOnlyTheFirstTold() {
        AdmittedBatch batch = admit(column(new double[250], Double.NaN), series("", 250));
        assertEquals(250, batch.refusals().total());
        assertEquals(100, batch.refusals().told().size());
        assertEquals(150, batch.refusals().untold());
    }

    @Test
    void gapsInASteadySeriesAreNoted() {
        AdmittedBatch batch =
                admit(
                        points(T, 1, T + 10, 1, T + 20, 1, T + 30, 1, T + 80, 1, T + 90, 1),
                        series("", 6));
        assertEquals(1, batch.gaps());
    }

    @Test
    void anyMixOfPointsIsEitherAdmittedOnceInOrderOrCounted() {
        long seed = 20_260_131;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(60);
            IncomingPoints points = new IncomingPoints(4);
            TreeMap<Long, Double> expected = new TreeMap<>();
            int refused = 0;
            for (int i = 0; i < count; i++) {
                long time = T + random.nextInt(40);
                double value = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble();
                points.add(time, value);
                if (Double.isNaN(value)) {
                    refused++;
                } else {
                    expected.put(time, value);
                }
            }
            AdmittedBatch batch = admit(points, series("", count));
            assertEquals(count, batch.size() + batch.duplicates() + batch.refusals().total());
            assertEquals(refused, batch.refusals().total(), "seed " + seed + " round " + round);
            assertArrayEquals(
                    expected.keySet().stream().mapToLong(Long::longValue).toArray(),
                    Arrays.copyOf(batch.epochMillis(), batch.size()));
            assertArrayEquals(
                    expected.values().stream().mapToDouble(Double::doubleValue).toArray(),
                    Arrays.copyOf(batch.values(), batch.size()));
        }
    }

    private Set<RefusalReason> reasons(IncomingSeries series) {
        return admit(points(T, 1), series).refusals().points().keySet();
    }

    private AdmittedBatch admit(IncomingPoints points, IncomingSeries series) {
        return admission.admit(ACME, batch(points, series), NOW);
    }

    private static IncomingBatch batch(IncomingPoints points, IncomingSeries series) {
        return new IncomingBatch(List.of(series), points, Set.of());
    }

    private static IncomingSeries series(String unit, int size) {
        return new IncomingSeries(
                "/series/0",
                "eu-1",
                "web-1",
                "cpu",
                Map.of(),
                Optional.of(unit).filter(name -> !name.isEmpty()),
                0,
                size,
                Optional.empty());
    }

    private static IncomingSeries named(
            String cluster, String node, String metric, Map<String, String> labels, int size) {
        return new IncomingSeries(
                "/series/0",
                cluster,
                node,
                metric,
                labels,
                Optional.empty(),
                0,
                size,
                Optional.empty());
    }

    private static IncomingPoints points(Number... pairs) {
        IncomingPoints points = new IncomingPoints(1);
        for (int i = 0; i < pairs.length; i += 2) {
            points.add(pairs[i].longValue(), pairs[i + 1].doubleValue());
        }
        return points;
    }

    private static IncomingPoints column(double[] values) {
        IncomingPoints points = new IncomingPoints(1);
        for (int i = 0; i < values.length; i++) {
            points.add(T + i, values[i]);
        }
        return points;
    }

    private static IncomingPoints column(double[] values, double all) {
        Arrays.fill(values, all);
        return column(values);
    }
}
