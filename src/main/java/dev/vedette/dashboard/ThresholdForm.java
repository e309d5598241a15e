package dev.vedette.dashboard;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A rule as it stands in the fields of a form: texts, empty where nothing is set.
 *
 * @param name of the rule
 * @param family of metrics, or {@value #WHOLE_NODE}
 * @param metric name or pattern
 * @param cluster name
 * @param node name
 * @param budget alarms per week
 * @param threshold alarm score
 * @param direction above, below or both
 * @param absolute least deviation
 * @param relative least deviation, in percent
 * @param engine id
 * @param seen revision that the form was filled from; empty for a new rule
 */
public record ThresholdForm(
        String name,
        String family,
        String metric,
        String cluster,
        String node,
        String budget,
        String threshold,
        String direction,
        String absolute,
        String relative,
        String engine,
        String seen) {
    /** In place of a family: nodes as wholes. */
    static final String WHOLE_NODE = "whole_node";

    /** The form of those parameters. */
    static ThresholdForm of(Function<String, Optional<String>> parameter) {
        Function<String, String> text = name -> parameter.apply(name).map(String::strip).orElse("");
        return new ThresholdForm(
                text.apply("name"),
                text.apply("family"),
                text.apply("metric_name"),
                text.apply("cluster_id"),
                text.apply("node_id"),
                text.apply("alarms_per_week"),
                text.apply("threshold"),
                text.apply("direction"),
                text.apply("min_absolute_deviation"),
                text.apply("min_relative_percent"),
                text.apply("engine"),
                text.apply("seen"));
    }

    /** The same, filled from that revision; empty for a new rule. */
    ThresholdForm seenAs(String revision) {
        return new ThresholdForm(
                name, family, metric, cluster, node, budget, threshold, direction, absolute,
                relative, engine, revision);
    }

    /** The form that changes that rule. */
    static ThresholdForm of(ThresholdRule rule) {
        ThresholdFields fields = rule.fields();
        return new ThresholdForm(
                rule.name(),
                rule.scope().wholeNode()
                        ? WHOLE_NODE
                        : rule.scope().family().map(MetricFamily::id).orElse(""),
                rule.scope().metricName().orElse(""),
                rule.scope().clusterId().orElse(""),
                rule.scope().nodeId().orElse(""),
                fields.alarmsPerWeek().map(String::valueOf).orElse(""),
                fields.threshold().map(String::valueOf).orElse(""),
                fields.direction().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse(""),
                fields.minAbsoluteDeviation().map(String::valueOf).orElse(""),
                fields.minRelativeDeviation().map(share -> percent(share)).orElse(""),
                fields.engine().orElse(""),
                Long.toString(rule.revision()));
    }

    private static String percent(double share) {
        return Double.toString(Math.round(share * 1e6) / 1e4);
    }

    /**
     * Which series.
     *
     * @throws IllegalArgumentException when the parts do not go together; the message says why, in
     *     that language where the form finds out
     */
    ThresholdScope scope(Language language) {
        boolean wholeNode = family.equals(WHOLE_NODE);
        return new ThresholdScope(
                set(wholeNode ? "" : family)
                        .map(id ->
                                MetricFamily.ofId(id)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        language.say("thresholds.noFamily", id)))),
                set(metric),
                set(cluster),
                set(node),
                Optional.empty(),
                wholeNode);
    }

    /**
     * What it sets.
     *
     * @throws IllegalArgumentException when a field cannot be read or is out of its range; the
     *     message says why, in that language where the form finds out
     */
    ThresholdFields fields(Language language) {
        ThresholdFields fields =
                new ThresholdFields(
                        number(language, "threshold", threshold),
                        number(language, "budget", budget),
                        set(direction)
                                .map(text -> Direction.valueOf(text.toUpperCase(Locale.ROOT))),
                        number(language, "absolute", absolute),
                        number(language, "relative", relative).map(value -> value / 100),
                        set(engine));
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(language.say("thresholds.nothingSet"));
        }
        return fields;
    }

    /** The revision seen. */
    OptionalLong revision() {
        return seen.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(seen))
                : OptionalLong.empty();
    }

    private static Optional<String> set(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private static Optional<Double> number(Language language, String what, String text) {
        try {
            return set(text.replace(',', '.')).map(Double::valueOf);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(language.say("thresholds.number." + what, text), e);
        }
    }
}
