package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.simulation.Baseline;
import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.InjectedSeverity;
import dev.vedette.simulation.Injection;
import dev.vedette.simulation.SimulatedSeries;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One series with one anomaly in its third week, and what live detection made of it.
 *
 * @param metric which of the base patterns
 * @param injection what was made wrong
 * @param delay from its first point to the opening of an anomaly; empty when none opened
 * @param anomaly the last state of the longest anomaly that was open during it
 * @param falseAlarms anomalies that opened in the week before it
 */
record SimulatedCase(
        Metric metric,
        Injection injection,
        Optional<Duration> delay,
        Optional<AnomalyResult> anomaly,
        int falseAlarms) {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final long STEP = Duration.ofMinutes(5).toMillis();
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant WRONG_FROM = Instant.parse("2026-03-17T08:10:00Z");
    private static final Instant END = Instant.parse("2026-03-20T00:00:00Z");
    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final long GRACE = Duration.ofHours(1).toMillis();

    /** The base patterns, as metrics people know. */
    enum Metric {
        STEADY("gw-03", "p99_latency", "ms", new Baseline.Flat(180, 6)),
        DAILY("node-042", "network_in", "bytes/s", new Baseline.Daily(8e6, 2e7, 13, 1e6)),
        WEEKLY("shop-01", "requests", "requests/s", new Baseline.Weekly(300, 900, 0.4, 15, 30)),
        WANDERING("db-1", "connections", "", new Baseline.Walk(400, 6)),
        BURSTY("mail-07", "errors", "count", new Baseline.Bursty(40, 3, 0.05));

        final String node;
        final String metricName;
        final String unit;

        @SuppressWarnings("ImmutableEnumChecker") // records of numbers
        final Baseline baseline;

        Metric(String node, String metricName, String unit, Baseline baseline) {
            this.node = node;
            this.metricName = metricName;
            this.unit = unit;
            this.baseline = baseline;
        }
    }

    /** Runs one. */
    static SimulatedCase run(
            Metric metric, InjectedKind kind, InjectedSeverity severity, long seed) {
        long from =
                WRONG_FROM.toEpochMilli()
                        + (seed % 12) * Duration.ofMinutes(65).toMillis() / STEP * STEP;
        long length =
                switch (kind) {
                    case SPIKE, DIP -> 3 * STEP;
                    case SEASONAL -> Duration.ofHours(20).toMillis();
                    case TREND, LEVEL_SHIFT, VARIANCE, FLATLINE, MISSING ->
                            Duration.ofHours(10).toMillis();
                };
        Injection injection = new Injection(kind, severity, from, from + length, seed % 2 == 1);
        SimulatedSeries series =
                new SimulatedSeries("case", seed, metric.baseline, List.of(injection));
        return watch(metric, series, injection);
    }

    private static SimulatedCase watch(Metric metric, SimulatedSeries series, Injection injection) {
        SeriesEvaluator evaluator =
                EngineRegistry.standard()
                        .open(
                                "ensemble",
                                new DetectionSettings(
                                        0.6, DetectionSettings.Direction.BOTH, 0, 0, ZONE));
        Optional<Duration> delay = Optional.empty();
        Map<Instant, AnomalyResult> found = new TreeMap<>();
        int falseAlarms = 0;
        for (long at = START.toEpochMilli(); at < END.toEpochMilli(); at += STEP) {
            SeriesEvaluator.Change change = evaluator.update(at, Math.max(0, series.valueAt(at)));
            Optional<AnomalyResult> now = evaluator.anomaly();
            Optional<Duration> since = Optional.of(Duration.ofMillis(at - injection.fromMillis()));
            boolean opened = change == SeriesEvaluator.Change.OPENED;
            boolean goesOn = now.filter(AnomalyResult::open).isPresent();
            if (at < injection.fromMillis()) {
                falseAlarms += opened && at >= injection.fromMillis() - WEEK ? 1 : 0;
            } else if (at < injection.toMillis() + GRACE && goesOn) {
                found.put(now.get().windowStart(), now.get());
                delay = delay.or(() -> since);
            } else if (now.isPresent()) {
                found.replace(now.get().windowStart(), now.get());
            }
        }
        Optional<AnomalyResult> longest =
                found.values().stream().max(Comparator.comparingInt(AnomalyResult::points));
        return new SimulatedCase(metric, injection, delay, longest, falseAlarms);
    }

    /** What is said of it; empty when it was not found. */
    Optional<String> text(Explainer explainer) {
        SeriesKey key =
                new SeriesKey(
                        new TenantId("acme"), "eu", metric.node, metric.metricName, Labels.NONE);
        return anomaly.map(
                found -> explainer.explain(key, Optional.of(metric.unit), found, ZONE).text());
    }

    boolean rightLabel() {
        return anomaly.filter(a -> a.label().label().equals(injection.kind().type())).isPresent();
    }

    boolean rightKind() {
        return anomaly.filter(a -> a.kind().label().equals(injection.kind().label())).isPresent();
    }
}
