package dev.vedette.dashboard;

import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ServiceDefaults;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says rules in words. */
@ApplicationScoped
class ThresholdMaker {
    private final EngineRegistry engines;
    private final ServiceDefaults defaults;

    ThresholdMaker(EngineRegistry engines, ServiceDefaults defaults) {
        this.engines = engines;
        this.defaults = defaults;
    }

    /**
     * What happened since the page was last shown.
     *
     * @param problem what went wrong, a sentence; empty when nothing did
     * @param effects what a rule that was tried would have changed; empty when none was
     */
    record News(String problem, List<ThresholdsView.Effect> effects, boolean wasTried) {
        static final News NONE = new News("", List.of(), false);

        static News of(String problem) {
            return new News(Words.sentence(problem) + ".", List.of(), false);
        }
    }

    ThresholdsView view(
            Visit visit,
            List<ThresholdRule> rules,
            ThresholdForm form,
            News news,
            boolean mayEdit) {
        boolean isNew = form.revision().isEmpty();
        Clock clock = visit.clock();
        return new ThresholdsView(
                headline(rules.size()),
                lead(),
                rules.stream().map(rule -> line(clock, rule)).toList(),
                form,
                isNew ? "New rule" : "Change " + form.name(),
                isNew,
                Arrays.stream(MetricFamily.values()).map(MetricFamily::id).toList(),
                engines.all().stream().map(DetectionEngine::id).toList(),
                news.problem(),
                news.wasTried() ? effect(news.effects()) : "",
                news.effects(),
                mayEdit ? "" : "The role editor may change thresholds; you may try them.",
                AsCode.ofThresholds(visit, isNew ? Optional.empty() : Optional.of(form.name())));
    }

    private static String headline(int rules) {
        return switch (rules) {
            case 0 -> "No rules: every series is judged as usual.";
            case 1 -> "One rule changes what counts as an alarm.";
            default ->
                    Words.sentence(Words.count(rules)) + " rules change what counts as an alarm.";
        };
    }

    private String lead() {
        return "Where none holds, an anomaly opens at a score of "
                + defaults.threshold()
                + ", about one alarm per series and week at most"
                + (defaults.familyDefaults()
                        ? ", with the safe sides and least deviations of the metric's family."
                        : ".");
    }

    private static ThresholdsView.Line line(Clock clock, ThresholdRule rule) {
        return new ThresholdsView.Line(
                rule.name(),
                rule.scope().labels().isPresent()
                        ? ""
                        : "/thresholds?rule=" + Frames.encode(rule.name()) + "#form",
                scope(rule.scope()),
                sets(rule.fields()),
                rule.changedBy() + ", " + clock.at(rule.changedAt()));
    }

    private static String scope(ThresholdScope scope) {
        String what =
                scope.metricName()
                        .or(() -> scope.family().map(family -> "all about " + family.id()))
                        .orElse(scope.wholeNode() ? "nodes as wholes" : "everything");
        String where =
                scope.nodeId()
                        .map(node -> " on " + node + " in " + scope.clusterId().orElse(""))
                        .or(() -> scope.clusterId().map(cluster -> " in " + cluster))
                        .orElse("");
        return what + where + (scope.labels().isPresent() ? ", one series" : "");
    }

    private static String sets(ThresholdFields fields) {
        List<String> parts = new ArrayList<>();
        fields.alarmsPerWeek().ifPresent(value -> parts.add("at most " + value + " alarms a week"));
        fields.threshold().ifPresent(value -> parts.add("from a score of " + value));
        fields.direction()
                .ifPresent(value ->
                        parts.add(
                                switch (value) {
                                    case ABOVE -> "only above";
                                    case BELOW -> "only below";
                                    case BOTH -> "both sides";
                                }));
        fields.minAbsoluteDeviation().ifPresent(value -> parts.add("off by at least " + value));
        fields.minRelativeDeviation()
                .ifPresent(value ->
                        parts.add(
                                String.format(
                                        Locale.ROOT, "off by at least %.4g %%", 100 * value)));
        fields.engine().ifPresent(value -> parts.add("by " + value));
        return String.join(", ", parts);
    }

    private static String effect(List<ThresholdsView.Effect> effects) {
        int now = effects.stream().mapToInt(ThresholdsView.Effect::now).sum();
        int then = effects.stream().mapToInt(ThresholdsView.Effect::then).sum();
        return effects.isEmpty()
                ? "Nothing fits yet."
                : "Over the last seven days, on the first "
                        + effects.size()
                        + " that fit: "
                        + then
                        + " alarms where there were "
                        + now
                        + ".";
    }
}
