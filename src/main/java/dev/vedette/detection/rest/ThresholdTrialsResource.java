package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.rest.ThresholdJson.Scope;
import dev.vedette.detection.threshold.AlarmBudget;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a threshold would have brought, on stored points; nothing is stored. */
@Path("/api/v1/thresholds")
@Tag(name = "Thresholds")
public class ThresholdTrialsResource {
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

    /** Tries a rule on stored points. */
    @POST
    @Path("/preview")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what a threshold rule would have changed",
            operationId = "previewThreshold",
            description =
                    "On the first 8 series it is about, and the first node it is about as a whole,"
                            + " over at most 28 days.")
    public Uni<ThresholdPreview> preview(@NotNull TrialRequest request) {
        TimeRange range = request.range(clock.instant());
        ThresholdRule draft = request.draft(thresholds, engines, current.caller());
        TenantId tenant = current.tenant();
        return thresholds
                .current(tenant)
                .chain(rules ->
                        trials.run(
                                tenant,
                                draft.scope(),
                                range,
                                trial -> ThresholdPreview.of(trial, rules, draft, range)));
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
            Optional<Scope> scope,
            @Schema(examples = "0.5") double alarmsPerWeek,
            Optional<String> from,
            Optional<String> to) {}

    /**
     * A threshold for a budget.
     *
     * @param threshold the lowest, in steps of 0.025, that keeps within the budget on these points
     * @param alarmsPerWeek what it would have brought per series
     * @param byScale the threshold by the measured scale, whatever the points
     * @param series how many series were tried; of nodes as wholes none
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
                    "Tries thresholds on the first 8 series of the scope, or on its first node as a"
                            + " whole, over at most 28 days.")
    public Uni<Suggestion> suggest(@NotNull SuggestionRequest request) {
        double wanted = request.alarmsPerWeek();
        if (!(wanted >= AlarmBudget.LEAST && wanted <= AlarmBudget.MOST)) {
            throw ProblemException.invalid(
                    "/alarms_per_week",
                    "out_of_range",
                    "alarms_per_week is " + wanted,
                    "send " + AlarmBudget.LEAST + " to " + AlarmBudget.MOST);
        }
        TimeRange range = TrialRequest.range(request.from(), request.to(), clock.instant());
        ThresholdScope scope = request.scope().map(Scope::read).orElse(ThresholdScope.TENANT);
        double byScale = scope.scale().threshold(wanted);
        TenantId tenant = current.tenant();
        return thresholds
                .current(tenant)
                .chain(rules ->
                        trials.run(
                                tenant,
                                scope,
                                range,
                                trial -> suggestion(trial, rules, wanted, byScale)));
    }

    private static Suggestion suggestion(
            ThresholdTrials.Trial trial, TenantThresholds rules, double wanted, double byScale) {
        Optional<ThresholdTrials.Suggestion> found = ThresholdTrials.suggest(trial, wanted, rules);
        return new Suggestion(
                found.map(ThresholdTrials.Suggestion::threshold),
                found.map(one -> Math.round(one.alarmsPerWeek() * 100) / 100.0),
                byScale,
                trial.series().size());
    }
}
