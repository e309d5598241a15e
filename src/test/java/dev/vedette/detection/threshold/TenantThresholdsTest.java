package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.EffectiveSettings.Field;
import dev.vedette.detection.threshold.EffectiveSettings.Origin;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TenantThresholdsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final ServiceDefaults SERVICE =
            new ServiceDefaults(
                    "ensemble", 0.6, true, Set.of("ensemble", "iqr"), HolidayCalendar.EMPTY);
    private static final ThresholdScope ALL = ThresholdScope.TENANT;
    private static final ThresholdScope CPUS = family(MetricFamily.CPU);
    private static final ThresholdScope PATTERN = metric("cpu*");
    private static final ThresholdScope METRIC = metric("cpu_percent");
    private static final ThresholdScope CLUSTER = place("edge", null, null, Labels.NONE);
    private static final ThresholdScope NODE = place("edge", "n1", null, Labels.NONE);
    private static final ThresholdScope NODE_METRIC =
            place("edge", "n1", "cpu_percent", Labels.NONE);
    private static final Labels CORE = Labels.of(Map.of("core", "1"));
    private static final ThresholdScope ONE_SERIES = place("edge", "n1", "cpu_percent", CORE);

    private static final ThresholdFields BUDGET =
            new ThresholdFields(
                    Optional.empty(),
                    Optional.of(1.0),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** From least to most specific. */
    private static final List<ThresholdScope> LADDER =
            List.of(ALL, CPUS, PATTERN, METRIC, CLUSTER, NODE, NODE_METRIC, ONE_SERIES);

    private final Series cpu = series("n1", "cpu_percent", "percent", CORE);

    @Test
    void mostSpecificRuleWinsInWhateverOrderTheyCome() {
        for (int most = 1; most <= LADDER.size(); most++) {
            List<ThresholdRule> rules = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                // Later revisions on less specific rules: being newer is no argument.
                rules.add(rule("r" + i, LADDER.get(i), threshold(0.1 * (i + 1)), 100 - i));
            }
            Collections.shuffle(rules, new Random(most));
            assertEquals(0.1 * most, resolve(rules, cpu).plan().settings().threshold(), 1e-12);
            assertEquals(
                    new Origin.Rule("r" + (most - 1)),
                    resolve(rules, cpu).origins().get(Field.THRESHOLD));
        }
    }

    @Test
    void fieldsComeFromDifferentRules() {
        EffectiveSettings found =
                resolve(
                        List.of(
                                rule("tenant", ALL, direction(Direction.BELOW), 1),
                                rule("metric", METRIC, threshold(0.8), 2),
                                rule("node", NODE, engine("iqr"), 3)),
                        cpu);
        assertEquals(0.8, found.plan().settings().threshold());
        assertEquals(Direction.BELOW, found.plan().settings().direction());
        assertEquals("iqr", found.plan().engine());
        assertEquals(
                Map.of(
                        Field.THRESHOLD, new Origin.Rule("metric"),
                        Field.DIRECTION, new Origin.Rule("tenant"),
                        Field.ENGINE, new Origin.Rule("node"),
                        Field.MIN_ABSOLUTE_DEVIATION, new Origin.FamilyDefault(MetricFamily.CPU),
                        Field.MIN_RELATIVE_DEVIATION, new Origin.Service()),
                found.origins());
    }

    @Test
    void ofEquallySpecificRulesTheOneChangedLastWins() {
        List<ThresholdRule> rules =
                List.of(
                        rule("a", metric("cpu_*"), threshold(0.7), 5),
                        rule("b", metric("*cent"), threshold(0.8), 6));
        assertEquals(0.8, resolve(rules, cpu).plan().settings().threshold());
    }

    @Test
    void explicitFieldBeatsTheFamilyDefaultAndTheOthersStay() {
        Series latency = series("n1", "p99_latency", "ms", Labels.NONE);
        assertEquals(Direction.ABOVE, resolve(List.of(), latency).plan().settings().direction());
        EffectiveSettings found =
                resolve(List.of(rule("both", ALL, direction(Direction.BOTH), 1)), latency);
        assertEquals(Direction.BOTH, found.plan().settings().direction());
        assertEquals(0.05, found.plan().settings().minRelativeDeviation());
    }

    @Test
    void rulesAboutOtherPlacesDoNotHold() {
        List<ThresholdRule> rules =
                List.of(
                        rule("node", place("edge", "n2", null, Labels.NONE), threshold(0.9), 1),
                        rule("cluster", place("core", null, null, Labels.NONE), threshold(0.9), 1),
                        rule("metric", metric("cpu"), threshold(0.9), 1),
                        rule(
                                "series",
                                place("edge", "n1", "cpu_percent", other()),
                                threshold(0.9),
                                1),
                        rule("family", family(MetricFamily.DISK), threshold(0.9), 1));
        assertEquals(0.6, resolve(rules, cpu).plan().settings().threshold());
    }

    @Test
    void budgetStandsForAThreshold() {
        assertEquals(
                AlarmBudget.SERIES.threshold(1),
                resolve(List.of(rule("b", METRIC, BUDGET, 1)), cpu).plan().settings().threshold());
    }

    @Test
    void engineThatIsGoneIsPassedOver() {
        List<ThresholdRule> rules =
                List.of(rule("old", NODE, engine("rcf"), 1), rule("t", ALL, engine("iqr"), 1));
        assertEquals("iqr", resolve(rules, cpu).plan().engine());
    }

    @Test
    void seriesWithTheSameAnswerShareOnePlan() {
        TenantThresholds thresholds =
                new TenantThresholds(
                        List.of(rule("m", METRIC, threshold(0.7), 1)), ZoneOffset.UTC, SERVICE);
        assertSame(
                thresholds.plan(cpu),
                thresholds.plan(series("n7", "cpu_percent", "percent", Labels.NONE)));
    }

    @Test
    void draftStandsInForTheRuleOfItsName() {
        TenantThresholds thresholds =
                new TenantThresholds(
                        List.of(rule("m", NODE, threshold(0.7), 1)), ZoneOffset.UTC, SERVICE);
        assertEquals(
                0.9,
                thresholds
                        .resolve(cpu, Optional.of(rule("m", METRIC, threshold(0.9), 2)))
                        .plan()
                        .settings()
                        .threshold());
        assertEquals(
                0.7,
                thresholds
                        .resolve(cpu, Optional.of(rule("x", METRIC, threshold(0.9), 2)))
                        .plan()
                        .settings()
                        .threshold());
    }

    @Test
    void ofNodesAsWholesTheMostSpecificRuleWinsAndThoseOfMetricsDoNotHold() {
        List<ThresholdScope> ladder =
                List.of(
                        ALL,
                        whole(null, null),
                        CLUSTER,
                        whole("edge", null),
                        NODE,
                        whole("edge", "n1"));
        NodeKey node = new NodeKey(ACME, "edge", "n1");
        List<ThresholdRule> rules = new ArrayList<>();
        for (ThresholdScope other :
                List.of(CPUS, PATTERN, METRIC, NODE_METRIC, ONE_SERIES, whole("edge", "n2"))) {
            rules.add(rule("other" + rules.size(), other, threshold(0.99), 1000));
        }
        assertEquals(new NodeThreshold(0.6, new Origin.Service()), thresholds(rules).resolve(node));
        for (int i = 0; i < ladder.size(); i++) {
            // Later revisions on less specific rules: being newer is no argument.
            rules.add(rule("r" + i, ladder.get(i), threshold(0.1 * (i + 1)), 100 - i));
            Collections.shuffle(rules, new Random(i));
            assertEquals(
                    new NodeThreshold(0.1 * (i + 1), new Origin.Rule("r" + i)),
                    thresholds(rules).resolve(node));
        }
        assertEquals(
                0.1,
                resolve(List.of(rules("r0", rules), rules("r1", rules)), cpu)
                        .plan()
                        .settings()
                        .threshold(),
                1e-12);
    }

    @Test
    void ruleAboutNodesAsWholesTakesAThresholdOrABudgetOnly() {
        rule("budget", whole(null, null), BUDGET, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> rule("side", whole(null, null), direction(Direction.ABOVE), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> rule("engine", whole("edge", "n1"), engine("iqr"), 1));
    }

    private static ThresholdRule rules(String name, List<ThresholdRule> rules) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
    }

    private static TenantThresholds thresholds(List<ThresholdRule> rules) {
        return new TenantThresholds(rules, ZoneOffset.UTC, SERVICE);
    }

    private static ThresholdScope whole(
            @org.jspecify.annotations.Nullable String cluster,
            @org.jspecify.annotations.Nullable String node) {
        return new ThresholdScope(
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(cluster),
                Optional.ofNullable(node),
                Optional.empty(),
                true);
    }

    private static Labels other() {
        return Labels.of(Map.of("core", "2"));
    }

    private static EffectiveSettings resolve(List<ThresholdRule> rules, Series series) {
        return thresholds(rules).resolve(series);
    }

    private static Series series(String node, String metric, String unit, Labels labels) {
        SeriesKey key = new SeriesKey(ACME, "edge", node, metric, labels);
        return new Series(new SeriesId(ACME, 1), key, Optional.of(unit), 0);
    }

    private static ThresholdRule rule(
            String name, ThresholdScope scope, ThresholdFields fields, long revision) {
        return new ThresholdRule(name, scope, fields, revision, "ann", Instant.EPOCH);
    }

    private static ThresholdScope family(MetricFamily family) {
        return new ThresholdScope(
                Optional.of(family),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ThresholdScope metric(String name) {
        return new ThresholdScope(
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ThresholdScope place(
            String cluster,
            @org.jspecify.annotations.Nullable String node,
            @org.jspecify.annotations.Nullable String metric,
            Labels labels) {
        return new ThresholdScope(
                Optional.empty(),
                Optional.ofNullable(metric),
                Optional.of(cluster),
                Optional.ofNullable(node),
                labels.equals(Labels.NONE) ? Optional.empty() : Optional.of(labels));
    }

    private static ThresholdFields threshold(double threshold) {
        return new ThresholdFields(
                Optional.of(threshold),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ThresholdFields direction(Direction direction) {
        return ThresholdFields.gates(Optional.of(direction), 0, 0);
    }

    private static ThresholdFields engine(String id) {
        return new ThresholdFields(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(id));
    }
}
