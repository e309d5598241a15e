package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.NodeTrial;
import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the rule would have changed.
 *
 * @param series the first 8 that it is about, by id
 * @param node the first node that it is about as a whole; absent when it is about metrics only
 * @param alarmsNow anomalies of all of these that opened in the range by the rules as they are
 * @param alarmsThen the same with the rule
 */
@Schema(name = "ThresholdPreview")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ThresholdPreview(
        Instant from,
        Instant to,
        List<Effect> series,
        Optional<NodeEffect> node,
        int alarmsNow,
        int alarmsThen) {

    /** What it would have changed on a node as a whole. */
    @Schema(name = "ThresholdNodeEffect")
    record NodeEffect(String clusterId, String nodeId, int alarmsNow, int alarmsThen) {}

    /** What it would have changed on one series. */
    @Schema(name = "ThresholdEffect")
    record Effect(
            String clusterId,
            String nodeId,
            String metricName,
            Map<String, String> labels,
            int alarmsNow,
            int alarmsThen) {}

    static ThresholdPreview of(
            ThresholdTrials.Trial trial,
            TenantThresholds rules,
            ThresholdRule draft,
            TimeRange range) {
        List<Effect> effects =
                trial.series().stream()
                        .map(one ->
                                new Effect(
                                        one.key().clusterId(),
                                        one.key().nodeId(),
                                        one.key().metricName(),
                                        one.key().labels().pairs(),
                                        trial.alarms(one, rules.plan(one)),
                                        trial.alarms(
                                                one,
                                                rules.resolve(one, Optional.of(draft)).plan())))
                        .toList();
        Optional<NodeEffect> node = trial.node().map(one -> effect(one, rules, draft));
        return new ThresholdPreview(
                range.from(),
                range.to(),
                effects,
                node,
                effects.stream().mapToInt(Effect::alarmsNow).sum()
                        + node.map(NodeEffect::alarmsNow).orElse(0),
                effects.stream().mapToInt(Effect::alarmsThen).sum()
                        + node.map(NodeEffect::alarmsThen).orElse(0));
    }

    private static NodeEffect effect(NodeTrial node, TenantThresholds rules, ThresholdRule draft) {
        return new NodeEffect(
                node.node().clusterId(),
                node.node().nodeId(),
                node.alarms(rules, Optional.empty()),
                node.alarms(rules, Optional.of(draft)));
    }
}
