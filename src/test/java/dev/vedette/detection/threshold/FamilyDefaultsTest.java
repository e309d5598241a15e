package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.Injection;
import dev.vedette.simulation.LabelledSet;
import dev.vedette.simulation.SimulatedSeries;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the safe defaults are safe: what they must not cost on simulated series. */
final class FamilyDefaultsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final long HOUR = 3_600_000;

    private record Found(int injected, int found) {}

    @Test
    void leastDeviationsOfRatesAndTrafficCostNoRecall() {
        Found without = run("queue", "", false);
        Found throughput = run("requests", "requests/s", true);
        Found network = run("network_in", "bytes/s", true);
        assertTrue(without.found() > 25, without.toString());
        assertTrue(throughput.found() >= 0.98 * without.found(), throughput + " of " + without);
        assertTrue(network.found() >= 0.98 * without.found(), network + " of " + without);
    }

    @Test
    void roomOnADiskIsWatchedFromTheOtherSide() {
        assertEquals(
                Optional.of(Direction.ABOVE),
                FamilyDefaults.of(MetricFamily.DISK, "disk_used_percent", "percent").direction());
        assertEquals(
                Optional.of(Direction.BELOW),
                FamilyDefaults.of(MetricFamily.DISK, "node_filesystem_avail_bytes", "bytes")
                        .direction());
    }

    @Test
    void percentagePointsFollowTheUnit() {
        assertEquals(
                Optional.of(2.0),
                FamilyDefaults.of(MetricFamily.CPU, "cpu", "percent").minAbsoluteDeviation());
        assertEquals(
                Optional.of(0.02),
                FamilyDefaults.of(MetricFamily.CPU, "cpu_ratio", "").minAbsoluteDeviation());
        assertEquals(
                Optional.empty(),
                FamilyDefaults.of(MetricFamily.CPU, "load1", "").minAbsoluteDeviation());
        assertEquals(
                Optional.of(0.01),
                FamilyDefaults.of(MetricFamily.MEMORY, "memory_used", "bytes")
                        .minRelativeDeviation());
    }

    @Test
    void totalsHaveNoGateTheirValuesWouldMakeMeaningless() {
        assertEquals(
                ThresholdFields.NONE,
                FamilyDefaults.of(MetricFamily.COUNTER, "http_requests_total", ""));
        assertEquals(
                Optional.empty(),
                FamilyDefaults.of(MetricFamily.ERRORS, "errors_total", "").minAbsoluteDeviation());
    }

    /** Injections but missing points that were open anomalies, of series of that name. */
    private static Found run(String metric, String unit, boolean defaults) {
        LabelledSet set =
                new LabelledSet(
                        21, 32, Instant.parse("2026-03-02T00:00:00Z"), 14, Duration.ofMinutes(5));
        SeriesKey key = new SeriesKey(ACME, "edge", "n1", metric, Labels.NONE);
        Series named = new Series(new SeriesId(ACME, 1), key, Optional.of(unit), 0);
        DetectionPlan plan =
                new TenantThresholds(
                                List.of(),
                                ZoneOffset.UTC,
                                new ServiceDefaults(
                                        "ensemble",
                                        0.6,
                                        defaults,
                                        Set.of("ensemble"),
                                        HolidayCalendar.EMPTY))
                        .plan(named);
        int injected = 0;
        int found = 0;
        for (SimulatedSeries series : set.all()) {
            if (series.name().endsWith("counter")) {
                continue; // of another family: its values are totals
            }
            boolean[] open = run(set, series, plan);
            for (int k = 0; k < open.length; k++) {
                if (series.injections().get(k).kind() != InjectedKind.MISSING) {
                    injected++;
                    found += open[k] ? 1 : 0;
                }
            }
        }
        return new Found(injected, found);
    }

    private static boolean[] run(LabelledSet set, SimulatedSeries series, DetectionPlan plan) {
        SeriesEvaluator evaluator = EngineRegistry.standard().open(plan.engine(), plan.settings());
        boolean[] open = new boolean[series.injections().size()];
        for (int i = 0; i < set.points(); i++) {
            long time = set.epochMillis(i);
            evaluator.update(time, series.valueAt(time));
            for (int k = 0; k < open.length; k++) {
                Injection injection = series.injections().get(k);
                if (time >= injection.fromMillis() && time < injection.toMillis() + HOUR) {
                    open[k] |= evaluator.anomaly().map(AnomalyResult::open).orElse(false);
                }
            }
        }
        return open;
    }
}
