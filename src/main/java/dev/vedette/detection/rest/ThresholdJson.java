package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.AlarmBudget;
import dev.vedette.detection.threshold.EffectiveSettings;
import dev.vedette.detection.threshold.EffectiveSettings.Field;
import dev.vedette.detection.threshold.EffectiveSettings.Origin;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.NodeThreshold;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.http.ApiTime;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.Labels;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How threshold rules look in the API. */
final class ThresholdJson {
    private ThresholdJson() {}

    /**
     * Which series and nodes a rule is about; a part left out means any. A rule without family and
     * metric_name holds for nodes as wholes, too.
     *
     * @param family a kind of metric, such as cpu or latency
     * @param metricName exact, or a pattern with stars
     * @param clusterId exact
     * @param nodeId exact; needs cluster_id
     * @param labels exactly these: one series; needs the other names
     * @param wholeNode true: only nodes as wholes; excludes family, metric_name and labels
     */
    @Schema(name = "ThresholdScope")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Scope(
            @Schema(examples = "latency") Optional<String> family,
            Optional<String> metricName,
            @Schema(examples = "edge") Optional<String> clusterId,
            Optional<String> nodeId,
            Optional<Map<String, String>> labels,
            Optional<Boolean> wholeNode) {
        static Scope of(ThresholdScope scope) {
            return new Scope(
                    scope.family().map(MetricFamily::id),
                    scope.metricName(),
                    scope.clusterId(),
                    scope.nodeId(),
                    scope.labels().map(Labels::pairs),
                    Optional.of(scope.wholeNode()).filter(only -> only));
        }

        ThresholdScope read() {
            Optional<MetricFamily> kind =
                    family.map(id -> MetricFamily.ofId(id).orElseThrow(() -> unknownFamily(id)));
            try {
                return new ThresholdScope(
                        kind,
                        metricName,
                        clusterId,
                        nodeId,
                        labels.map(Labels::of),
                        wholeNode.orElse(false));
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(
                        "/scope",
                        "invalid_value",
                        String.valueOf(e.getMessage()),
                        "send names within their limits, and only parts that go together");
            }
        }

        private static ProblemException unknownFamily(String id) {
            String known =
                    String.join(
                            ", ",
                            Arrays.stream(MetricFamily.values()).map(MetricFamily::id).toList());
            return ProblemException.invalid(
                    "/scope/family",
                    "unknown_value",
                    "there is no family '" + id.substring(0, Math.min(40, id.length())) + "'",
                    "send one of " + known);
        }
    }

    /**
     * What a rule sets, beside its scope; at least one field.
     *
     * @param name of the rule, when it is new
     * @param scope which series; left out: the whole tenant
     * @param threshold alarm score from which an anomaly opens
     * @param alarmsPerWeek the same as a budget per series; excludes threshold
     * @param direction which side counts
     * @param minAbsoluteDeviation least distance from the expected value that counts
     * @param minRelativeDeviation the same as a share of the expected value
     * @param engine id of the engine that judges
     */
    @Schema(name = "Threshold")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Posted(
            @Schema(examples = "latency-everywhere") Optional<String> name,
            Optional<Scope> scope,
            Optional<Double> threshold,
            @Schema(examples = "0.5") Optional<Double> alarmsPerWeek,
            @Schema(examples = "above") Optional<String> direction,
            Optional<Double> minAbsoluteDeviation,
            @Schema(examples = "0.1") Optional<Double> minRelativeDeviation,
            Optional<String> engine) {
        /** As somebody would send that rule. */
        static Posted of(ThresholdRule rule) {
            ThresholdFields fields = rule.fields();
            return new Posted(
                    Optional.of(rule.name()),
                    Optional.of(Scope.of(rule.scope())),
                    fields.threshold(),
                    fields.alarmsPerWeek(),
                    fields.direction().map(ThresholdJson::label),
                    fields.minAbsoluteDeviation(),
                    fields.minRelativeDeviation(),
                    fields.engine());
        }

        ThresholdScope scopeOrTenant() {
            return scope.map(Scope::read).orElse(ThresholdScope.TENANT);
        }

        ThresholdFields fields() {
            try {
                ThresholdFields fields =
                        new ThresholdFields(
                                threshold,
                                alarmsPerWeek,
                                direction.map(PostedSettings::direction),
                                minAbsoluteDeviation,
                                minRelativeDeviation,
                                engine);
                if (fields.isEmpty()) {
                    throw new IllegalArgumentException("nothing is set");
                }
                scopeOrTenant().requireTaking(fields);
                return fields;
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(
                        "",
                        "out_of_range",
                        String.valueOf(e.getMessage()),
                        "set at least one field: threshold in (0,1] or alarms_per_week in ["
                                + AlarmBudget.LEAST
                                + ","
                                + AlarmBudget.MOST
                                + "], direction above, below or both, deviations 0 or more; of"
                                + " nodes as wholes only the first two");
            }
        }
    }

    /** A stored rule. Its revision is its entity tag. */
    @Schema(name = "ThresholdRule")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Rule(
            @Schema(examples = "latency-everywhere") String name,
            Scope scope,
            Optional<Double> threshold,
            Optional<Double> alarmsPerWeek,
            Optional<String> direction,
            Optional<Double> minAbsoluteDeviation,
            Optional<Double> minRelativeDeviation,
            Optional<String> engine,
            long revision,
            String changedBy,
            ApiTime changedAt) {
        static Rule of(ThresholdRule rule, TimeFormat format) {
            ThresholdFields fields = rule.fields();
            return new Rule(
                    rule.name(),
                    Scope.of(rule.scope()),
                    fields.threshold(),
                    fields.alarmsPerWeek(),
                    fields.direction().map(ThresholdJson::label),
                    fields.minAbsoluteDeviation(),
                    fields.minRelativeDeviation(),
                    fields.engine(),
                    rule.revision(),
                    rule.changedBy(),
                    new ApiTime(rule.changedAt(), format));
        }
    }

    /**
     * What holds for a series.
     *
     * @param family the kind of metric it is taken for
     * @param alarmsPerWeek about how many alarms a week the threshold stands for
     * @param origins where each field came from: {@code rule:<name>}, {@code family:<name>} or
     *     {@code service}
     */
    @Schema(name = "EffectiveThreshold")
    record Effective(
            String family,
            double threshold,
            double alarmsPerWeek,
            String direction,
            double minAbsoluteDeviation,
            double minRelativeDeviation,
            String engine,
            String zone,
            Map<String, String> origins) {
        static Effective of(EffectiveSettings found) {
            var settings = found.plan().settings();
            Map<String, String> origins = new TreeMap<>();
            found.origins().forEach((field, origin) -> origins.put(name(field), text(origin)));
            return new Effective(
                    found.family().id(),
                    settings.threshold(),
                    budget(AlarmBudget.SERIES, settings.threshold()),
                    label(settings.direction()),
                    settings.minAbsoluteDeviation(),
                    settings.minRelativeDeviation(),
                    found.plan().engine(),
                    settings.zone().getId(),
                    origins);
        }

        private static String name(Field field) {
            return field.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What holds for a node as a whole.
     *
     * @param alarmsPerWeek about how many alarms a week the threshold stands for
     * @param origin where the threshold came from, as in origins of a series
     */
    @Schema(name = "EffectiveNodeThreshold")
    record OfNode(double threshold, double alarmsPerWeek, String origin) {
        static OfNode of(NodeThreshold found) {
            return new OfNode(
                    found.threshold(),
                    budget(AlarmBudget.WHOLE_NODE, found.threshold()),
                    text(found.origin()));
        }
    }

    private static double budget(AlarmBudget scale, double threshold) {
        return Math.round(scale.alarmsPerWeek(threshold) * 100) / 100.0;
    }

    private static String text(Origin origin) {
        return switch (origin) {
            case Origin.Rule(String name) -> "rule:" + name;
            case Origin.FamilyDefault(MetricFamily family) -> "family:" + family.id();
            case Origin.Service() -> "service";
        };
    }

    private static String label(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
