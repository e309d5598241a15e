package dev.vedette.dashboard;

import dev.vedette.detection.threshold.AlarmBudget;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.series.Labels;
import dev.vedette.series.TimeRange;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules of detection as the API takes them, as JSON and YAML, and as a selector of PromQL. */
final class ThresholdCode {
    private ThresholdCode() {}

    /** A document for each rule; each, as JSON, is the body of a POST or PUT. */
    static String yaml(List<ThresholdRule> rules) {
        return rules.stream()
                .map(rule -> yaml(body(rule), ""))
                .collect(Collectors.joining("---\n"))
                .stripTrailing();
    }

    private static String yaml(Map<?, ?> object, String indent) {
        StringBuilder text = new StringBuilder();
        object.forEach((name, value) -> {
            text.append(indent).append(key(String.valueOf(name))).append(':');
            if (value instanceof Map<?, ?> inner) {
                text.append(inner.isEmpty() ? " {}\n" : "\n").append(yaml(inner, indent + "  "));
            } else {
                // a scalar of JSON is one of YAML
                text.append(' ').append(Json.encode(value)).append('\n');
            }
        });
        return text.toString();
    }

    private static String key(String name) {
        return name.matches("[a-z_]+") ? name : Json.encode(name);
    }

    /** The body of {@code POST /backtests}. */
    static String backtest(ThresholdRule change, TimeRange range) {
        return new JsonObject()
                .put("rule", new JsonObject(body(change)))
                .put("from", range.from().toString())
                .put("to", range.to().toString())
                .encode();
    }

    private static Map<String, Object> body(ThresholdRule rule) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", rule.name());
        Map<String, Object> scope = scope(rule.scope());
        if (!scope.isEmpty()) {
            body.put("scope", scope);
        }
        ThresholdFields fields = rule.fields();
        fields.threshold().ifPresent(value -> body.put("threshold", value));
        fields.alarmsPerWeek().ifPresent(value -> body.put("alarms_per_week", value));
        fields.direction()
                .ifPresent(side -> body.put("direction", side.name().toLowerCase(Locale.ROOT)));
        fields.minAbsoluteDeviation().ifPresent(value -> body.put("min_absolute_deviation", value));
        fields.minRelativeDeviation().ifPresent(value -> body.put("min_relative_deviation", value));
        fields.engine().ifPresent(id -> body.put("engine", id));
        return body;
    }

    private static Map<String, Object> scope(ThresholdScope scope) {
        Map<String, Object> parts = new LinkedHashMap<>();
        scope.family().map(MetricFamily::id).ifPresent(id -> parts.put("family", id));
        scope.metricName().ifPresent(name -> parts.put("metric_name", name));
        scope.clusterId().ifPresent(name -> parts.put("cluster_id", name));
        scope.nodeId().ifPresent(name -> parts.put("node_id", name));
        scope.labels().map(Labels::pairs).ifPresent(labels -> parts.put("labels", labels));
        if (scope.wholeNode()) {
            parts.put("whole_node", true);
        }
        return parts;
    }

    /** The score from which the rule opens an anomaly; the usual one when it does not say. */
    static double threshold(ThresholdRule rule) {
        return rule.fields().anyThreshold(AlarmBudget.SERIES).orElse(ScoreMark.WARNING);
    }

    /**
     * The scores of its series; empty where PromQL cannot tell them: families, nodes as wholes, and
     * the whole tenant, whose scores no ruler may ask for at once.
     */
    static Optional<String> selector(ThresholdScope scope) {
        if (scope.family().isPresent()
                || scope.wholeNode()
                || (scope.clusterId().isEmpty() && scope.metricName().isEmpty())) {
            return Optional.empty();
        }
        List<String> matchers = new ArrayList<>();
        scope.clusterId().ifPresent(name -> matchers.add(AsCode.is("cluster_id", name)));
        scope.nodeId().ifPresent(name -> matchers.add(AsCode.is("node_id", name)));
        scope.metricName().ifPresent(name -> matchers.add(matching("metric_name", name)));
        return Optional.of(AsCode.selector(matchers, scope.labels().orElse(Labels.NONE)));
    }

    private static String matching(String label, String name) {
        return name.contains("*")
                ? label
                        + "=~"
                        + AsCode.quoted(
                                name.replaceAll("[^A-Za-z0-9_*]", "\\\\$0").replace("*", ".*"))
                : AsCode.is(label, name);
    }
}
