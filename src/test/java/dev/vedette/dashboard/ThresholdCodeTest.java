package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.series.TimeRange;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules as text: what the API takes, whatever names are in them. */
final class ThresholdCodeTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static ThresholdScope scope(Optional<MetricFamily> family, Optional<String> metric) {
        return new ThresholdScope(
                family, metric, Optional.of("edge: \"1\""), Optional.empty(), Optional.empty());
    }

    private static ThresholdRule rule(ThresholdScope scope) {
        ThresholdFields fields =
                new ThresholdFields(
                        Optional.of(0.9),
                        Optional.empty(),
                        Optional.of(Direction.ABOVE),
                        Optional.empty(),
                        Optional.of(0.1),
                        Optional.empty());
        return new ThresholdRule("calm", scope, fields, 1, "ann", NOON);
    }

    @Test
    void yamlQuotesEveryNameAndSeparatesRules() {
        ThresholdRule one = rule(scope(Optional.of(MetricFamily.LATENCY), Optional.empty()));
        String wanted =
                """
                name: "calm"
                scope:
                  family: "latency"
                  cluster_id: "edge: \\"1\\""
                threshold: 0.9
                direction: "above"
                min_relative_deviation: 0.1
                """;
        assertEquals(wanted.strip(), ThresholdCode.yaml(List.of(one)));
        assertEquals((wanted + "---\n" + wanted).strip(), ThresholdCode.yaml(List.of(one, one)));
    }

    @Test
    void aBacktestIsTheRuleAndTheRange() {
        ThresholdRule one = rule(scope(Optional.empty(), Optional.of("cpu")));
        JsonObject body =
                new JsonObject(
                        ThresholdCode.backtest(one, new TimeRange(NOON.minusSeconds(60), NOON)));
        assertEquals("2026-11-20T11:59:00Z", body.getString("from"));
        assertEquals(0.9, body.getJsonObject("rule").getDouble("threshold"));
        assertEquals(
                "edge: \"1\"",
                body.getJsonObject("rule").getJsonObject("scope").getString("cluster_id"));
    }

    @Test
    void patternsOfMetricsAreAnchoredRegularExpressions() {
        assertEquals(
                Optional.of(
                        "anomaly_score{cluster_id=\"edge: \\\"1\\\"\","
                                + "metric_name=~\"p99\\\\..*\"}"),
                ThresholdCode.selector(scope(Optional.empty(), Optional.of("p99.*"))));
    }

    @Test
    void whatPromqlCannotTellHasNoSelector() {
        assertEquals(Optional.empty(), ThresholdCode.selector(ThresholdScope.TENANT));
        assertEquals(
                Optional.empty(),
                ThresholdCode.selector(scope(Optional.of(MetricFamily.LATENCY), Optional.empty())));
    }
}
