package dev.vedette.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vedette.Seeds;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetTest {
    private static final Instant LIVE = Instant.parse("2026-11-18T12:00:00Z");
    private static final long FIVE_MINUTES = 300_000;
    private final Fleet fleet = Fleet.demo(1, LIVE);

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 8), LongStream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sameSeedGivesTheSameValuesWhicheverWayTheyAreAskedFor(long seed) {
        Fleet one = Fleet.demo(seed, LIVE);
        Fleet other = Fleet.demo(seed, LIVE);
        long from = LIVE.minus(Duration.ofHours(2)).toEpochMilli();
        double[] step = new double[one.size()];
        double[] whole = new double[1440];
        for (int index : new int[] {0, 3, 410, one.size() - 1}) {
            one.fill(index, from, 10_000, whole);
            double[] tail = new double[440];
            other.fill(index, from + 1000 * 10_000, 10_000, tail);
            assertArrayEquals(Arrays.copyOfRange(whole, 1000, 1440), tail);
            for (int i : new int[] {0, 700, 1439}) {
                other.fillStep(from + i * 10_000L, step);
                assertEquals(whole[i], step[index]);
            }
        }
    }

    @Test
    void anotherSeedGivesOtherValues() {
        double[] one = new double[50];
        double[] other = new double[50];
        fleet.fill(0, 0, FIVE_MINUTES, one);
        Fleet.demo(2, LIVE).fill(0, 0, FIVE_MINUTES, other);
        assertNotEquals(Arrays.toString(one), Arrays.toString(other));
    }

    @Test
    void firstValuesOfSeedOneNeverChange() {
        double[] step = new double[fleet.size()];
        fleet.fillStep(LIVE.minus(Duration.ofDays(3)).toEpochMilli(), step);
        assertEquals(
                "[23.68, 1.0035961369E10, 53.29, 7160192.0, 1.5032221E7, 578.2, 6.0, 107.8]",
                Arrays.toString(Arrays.copyOf(step, 8)),
                "a change of the generator");
    }

    @Test
    void demoHasSixClustersOfTwentyNodesWithEightMetrics() {
        assertEquals(6 * 20 * 8, fleet.size());
        FleetSeries first = fleet.series().getFirst();
        assertEquals(new FleetSeries(0, "prod-eu", "api-01", FleetMetric.CPU_USAGE), first);
        assertEquals(
                fleet.size(),
                fleet.series().stream()
                        .map(s -> s.clusterId() + "/" + s.nodeId() + "/" + s.metric())
                        .distinct()
                        .count());
    }

    @Test
    void valuesKeepToTheirUnits() {
        double[] values = new double[14 * 288];
        long from = LIVE.minus(Duration.ofDays(14)).toEpochMilli();
        for (FleetSeries series : fleet.series()) {
            fleet.fill(series.index(), from, FIVE_MINUTES, values);
            double most = series.metric().unit().equals("percent") ? 100 : 1e15;
            for (double value : values) {
                if (value < 0 || value > most) {
                    fail(series + " sent " + value);
                }
            }
        }
    }

    @Test
    void incidentsComeAFewADayInHistoryAndEveryFewMinutesLive() {
        TimeRange history = new TimeRange(LIVE.minus(Duration.ofDays(14)), LIVE);
        TimeRange hour = new TimeRange(LIVE, LIVE.plus(Duration.ofHours(1)));
        long before = incidents(history);
        long live = incidents(hour);
        assertTrue(before >= 30 && before <= 14 * 4 + 2, "history: " + before);
        assertTrue(live >= 10 && live <= 18, "live hour: " + live);
        assertTrue(live < before);
    }

    /** Labels with another cluster, kind of incident or place in time, roughly. */
    private long incidents(TimeRange range) {
        return fleet.labels(range).stream()
                .map(l -> l.series().clusterId() + l.window().duration())
                .distinct()
                .count();
    }

    @Test
    void labelsCoverWhatIsMissingAndNothingElse() {
        TimeRange range = new TimeRange(LIVE.minus(Duration.ofDays(14)), LIVE);
        List<SimulatedLabel> missing =
                fleet.labels(range).stream().filter(l -> l.kind() == InjectedKind.MISSING).toList();
        assertFalse(missing.isEmpty());
        double[] values = new double[14 * 288];
        for (FleetSeries series : fleet.series().subList(0, 320)) {
            List<TimeRange> labelled =
                    missing.stream()
                            .filter(l -> l.series().equals(series))
                            .map(SimulatedLabel::window)
                            .toList();
            fleet.fill(series.index(), range.from().toEpochMilli(), FIVE_MINUTES, values);
            for (int i = 0; i < values.length; i++) {
                Instant at = range.from().plusMillis(i * FIVE_MINUTES);
                boolean expected = labelled.stream().anyMatch(window -> window.contains(at));
                if (expected != Double.isNaN(values[i])) {
                    fail(series + " at " + at + " is " + values[i] + ", labelled: " + expected);
                }
            }
        }
    }

    @Test
    void someIncidentsSpreadOverNodesOneAfterTheOther() {
        TimeRange range = new TimeRange(LIVE.minus(Duration.ofDays(60)), LIVE);
        List<SimulatedLabel> leaks =
                fleet.labels(range).stream()
                        .filter(l -> l.series().metric() == FleetMetric.MEMORY_USED)
                        .filter(l -> l.kind() == InjectedKind.TREND)
                        .toList();
        Set<Duration> lengths =
                leaks.stream().map(l -> l.window().duration()).collect(Collectors.toSet());
        assertTrue(lengths.size() < leaks.size(), "every incident stayed on its node");
    }

    @Test
    void metricsOfANodeMoveTogether() {
        double[] cpu = new double[288];
        double[] requests = new double[288];
        long from = LIVE.minus(Duration.ofDays(9)).toEpochMilli();
        fleet.fill(0, from, FIVE_MINUTES, cpu);
        fleet.fill(5, from, FIVE_MINUTES, requests);
        assertTrue(correlation(cpu, requests) > 0.8, "" + correlation(cpu, requests));
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        IncidentPlan plan = IncidentPlan.historyOnly();
        assertThrows(IllegalArgumentException.class, () -> new Fleet(1, 0, 1, plan));
        assertThrows(IllegalArgumentException.class, () -> new Fleet(1, 1001, 1, plan));
        assertThrows(IllegalArgumentException.class, () -> new Fleet(1, 1, 0, plan));
        assertThrows(IllegalArgumentException.class, () -> new Fleet(1, 1, 10_001, plan));
        assertThrows(
                IllegalArgumentException.class,
                () -> new IncidentPlan(LIVE, Duration.ZERO, Duration.ofMinutes(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new IncidentPlan(LIVE, Duration.ofMinutes(1), Duration.ZERO));
        assertEquals("cluster-008", new Fleet(1, 8, 1, plan).series().getLast().clusterId());
    }
}
