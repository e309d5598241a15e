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
                headline(rules.size(), visit.language()),
                lead(visit.language()),
                rules.stream().map(rule -> line(clock, rule)).toList(),
                form,
                isNew
                        ? visit.language().say("thresholds.new")
                        : visit.language().say("rules.change", form.name()),
                isNew,
                Arrays.stream(MetricFamily.values()).map(MetricFamily::id).toList(),
                engines.all().stream().map(DetectionEngine::id).toList(),
                news.problem(),
                news.wasTried() ? effect(news.effects(), visit.language()) : "",
                news.effects(),
                mayEdit ? "" : visit.language().say("thresholds.forEditors"),
                AsCode.ofThresholds(
                        visit, rules, isNew ? Optional.empty() : Optional.of(form.name())));
    }

    private static String headline(int rules, Language language) {
        return language.say("thresholds.rules", rules, language.firstCount(rules));
    }

    private String lead(Language language) {
        return language.say(
                defaults.familyDefaults() ? "thresholds.leadFamilies" : "thresholds.lead",
                written(defaults.threshold(), language));
    }

    private static String written(double value, Language language) {
        return Double.toString(value).replace('.', language.point());
    }

    private static ThresholdsView.Line line(Clock clock, ThresholdRule rule) {
        return new ThresholdsView.Line(
                rule.name(),
                rule.scope().labels().isPresent()
                        ? ""
                        : "/thresholds?rule=" + Frames.encode(rule.name()) + "#form",
                scope(rule.scope(), clock.language()),
                sets(rule.fields(), clock.language()),
                rule.changedBy() + ", " + clock.at(rule.changedAt()));
    }

    private static String scope(ThresholdScope scope, Language language) {
        String what =
                scope.metricName()
                        .or(() -> scope.family().map(one -> language.say("scope.family", one.id())))
                        .orElse(language.say(scope.wholeNode() ? "scope.nodes" : "scope.all"));
        String where =
                scope.nodeId()
                        .map(node ->
                                language.say(
                                        "scope.node", what, node, scope.clusterId().orElse("")))
                        .or(() ->
                                scope.clusterId()
                                        .map(cluster ->
                                                language.say("scope.cluster", what, cluster)))
                        .orElse(what);
        return scope.labels().isPresent() ? language.say("scope.one", where) : where;
    }

    private static String sets(ThresholdFields fields, Language language) {
        List<String> parts = new ArrayList<>();
        fields.alarmsPerWeek()
                .ifPresent(
                        value -> parts.add(language.say("sets.budget", written(value, language))));
        fields.threshold()
                .ifPresent(
                        value -> parts.add(language.say("sets.score", written(value, language))));
        fields.direction()
                .ifPresent(value ->
                        parts.add(language.say("sets." + value.name().toLowerCase(Locale.ROOT))));
        fields.minAbsoluteDeviation()
                .ifPresent(value -> parts.add(language.say("sets.off", written(value, language))));
        fields.minRelativeDeviation()
                .map(value -> String.format(language.locale(), "%.4g %%", 100 * value))
                .ifPresent(value -> parts.add(language.say("sets.off", value)));
        fields.engine().ifPresent(value -> parts.add(language.say("sets.engine", value)));
        return String.join(", ", parts);
    }

    private static String effect(List<ThresholdsView.Effect> effects, Language language) {
        int now = effects.stream().mapToInt(ThresholdsView.Effect::now).sum();
        int then = effects.stream().mapToInt(ThresholdsView.Effect::then).sum();
        return effects.isEmpty()
                ? language.say("thresholds.nothingFits")
                : language.say(
                        "thresholds.effect",
                        Integer.toString(effects.size()),
                        Integer.toString(then),
                        Integer.toString(now));
    }
}
