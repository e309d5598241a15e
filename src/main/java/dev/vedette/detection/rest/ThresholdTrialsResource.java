package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.AlarmBudget;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a threshold would have brought, on stored points; nothing is stored. */
@Path("/api/v1/thresholds")
@Tag(name = "Thresholds")
public class ThresholdTrialsResource {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(28);

    private final CurrentCaller current;
    private final Thresholds thresholds;
    private final ThresholdTrials trials;
    private final EngineRegistry engines;
    private final InstantSource clock;

    ThresholdTrialsResource(
            CurrentCaller current,
            Thresholds thresholds,
            ThresholdTrials trials,
            EngineRegistry engines,
            InstantSource clock) {
        this.current = current;
        this.thresholds = thresholds;
        this.trials = trials;
        this.engines = engines;
        this.clock = clock;
    }

    /**
     * A rule to try.
     *
     * @param rule as it would be stored; in place of the stored one of its name
     * @param from start of the range, RFC 3339 or epoch milliseconds; seven days before the end
     *     when left out
     * @param to its end; now when left out
     */
    @Schema(name = "ThresholdPreviewRequest")
    public record PreviewRequest(
            ThresholdJson.Posted rule, Optional<String> from, Optional<String> to) {}

    /**
     * What the rule would have changed.
     *
     * @param series the first 8 that it is about, by id
     * @param alarmsNow anomalies that opened in the range by the rules as they are
     * @param alarmsThen the same with the rule
     */
    @Schema(name = "ThresholdPreview")
    public record Preview(
            Instant from, Instant to, List<Effect> series, int alarmsNow, int alarmsThen) {}

    /** What it would have changed on one series. */
    @Schema(name = "ThresholdEffect")
    public record Effect(
            String clusterId,
            String nodeId,
            String metricName,
            Map<String, String> labels,
            int alarmsNow,
            int alarmsThen) {}

    /** Tries a rule on stored points. */
    @POST
    @Path("/preview")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what a threshold rule would have changed",
            operationId = "previewThreshold",
            description = "On the first 8 series it is about, over at most 28 days.")
    public Uni<Preview> preview(@NotNull PreviewRequest request) {
        TimeRange range = range(request.from(), request.to());
        ThresholdRule draft = draft(request.rule());
        return thresholds
                .current(current.tenant())
                .chain(rules ->
                        trials.run(
                                current.tenant(),
                                draft.scope(),
                                range,
                                trial -> preview(trial, rules, draft, range)));
    }

    private ThresholdRule draft(ThresholdJson.Posted posted) {
        DetectResource.requireEngine(posted.engine(), engines);
        String name = posted.name().filter(ThresholdRule::isName).orElse("draft");
        return thresholds.draft(current.caller(), name, posted.scopeOrTenant(), posted.fields());
    }

    private static Preview preview(
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
        return new Preview(
                range.from(),
                range.to(),
                effects,
                effects.stream().mapToInt(Effect::alarmsNow).sum(),
                effects.stream().mapToInt(Effect::alarmsThen).sum());
    }

    /**
     * What is wanted.
     *
     * @param scope which series; left out: the whole tenant
     * @param alarmsPerWeek per series
     * @param from as in a preview
     * @param to as in a preview
     */
    @Schema(name = "ThresholdSuggestionRequest")
    public record SuggestionRequest(
            Optional<ThresholdJson.Scope> scope,
            @Schema(examples = "0.5") double alarmsPerWeek,
            Optional<String> from,
            Optional<String> to) {}

    /**
     * A threshold for a budget.
     *
     * @param threshold the lowest, in steps of 0.025, that keeps within the budget on these points
     * @param alarmsPerWeek what it would have brought per series
     * @param byScale the threshold that the measured scale gives for the budget, whatever the
     *     points
     * @param series how many series were tried
     */
    @Schema(name = "ThresholdSuggestion")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Suggestion(
            Optional<Double> threshold,
            Optional<Double> alarmsPerWeek,
            double byScale,
            int series) {}

    /** Suggests a threshold for a budget of alarms. */
    @POST
    @Path("/suggestion")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Suggest a threshold for a budget of alarms",
            operationId = "suggestThreshold",
            description =
                    "Tries thresholds on the first 8 series of the scope, over at most 28 days.")
    public Uni<Suggestion> suggest(@NotNull SuggestionRequest request) {
        double wanted = request.alarmsPerWeek();
        if (!(wanted >= AlarmBudget.LEAST && wanted <= AlarmBudget.MOST)) {
            throw ProblemException.invalid(
                    "/alarms_per_week",
                    "out_of_range",
                    "alarms_per_week is " + wanted,
                    "send " + AlarmBudget.LEAST + " to " + AlarmBudget.MOST);
        }
        TimeRange range = range(request.from(), request.to());
        ThresholdScope scope =
                request.scope().map(ThresholdJson.Scope::read).orElse(ThresholdScope.TENANT);
        return thresholds
                .current(current.tenant())
                .chain(rules ->
                        trials.run(
                                current.tenant(),
                                scope,
                                range,
                                trial -> suggestion(trial, rules, wanted)));
    }

    private static Suggestion suggestion(
            ThresholdTrials.Trial trial, TenantThresholds rules, double wanted) {
        Optional<ThresholdTrials.Suggestion> found =
                ThresholdTrials.suggest(
                        trial, wanted, (one, threshold) -> with(rules.plan(one), threshold));
        return new Suggestion(
                found.map(ThresholdTrials.Suggestion::threshold),
                found.map(one -> Math.round(one.alarmsPerWeek() * 100) / 100.0),
                AlarmBudget.threshold(wanted),
                trial.series().size());
    }

    private static DetectionPlan with(DetectionPlan plan, double threshold) {
        DetectionSettings usual = plan.settings();
        return new DetectionPlan(
                plan.engine(),
                new DetectionSettings(
                        threshold,
                        usual.direction(),
                        usual.minAbsoluteDeviation(),
                        usual.minRelativeDeviation(),
                        usual.zone(),
                        usual.holidays()));
    }

    private TimeRange range(Optional<String> from, Optional<String> to) {
        TimeRange range =
                Ranges.of(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        clock.instant(),
                        USUAL);
        Ranges.requireAtMost(range, LONGEST, "ask for a shorter range");
        return range;
    }
}
