package dev.vedette.alerting.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.FeedbackReview;
import dev.vedette.alerting.FeedbackStore;
import dev.vedette.alerting.Feedbacks;
import dev.vedette.alerting.Suggestions;
import dev.vedette.detection.rest.Choices;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Ids;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people say of incidents, and what follows from it. */
@Path("/api/v1/feedback")
@Tag(name = "Feedback")
public class FeedbackResource {
    private final CurrentCaller current;
    private final Feedbacks feedbacks;
    private final Suggestions suggestions;
    private final Cursors cursors;

    FeedbackResource(
            CurrentCaller current, Feedbacks feedbacks, Suggestions suggestions, Cursors cursors) {
        this.current = current;
        this.feedbacks = feedbacks;
        this.suggestions = suggestions;
        this.cursors = cursors;
    }

    /**
     * What somebody says of an incident.
     *
     * @param verdict confirmed, expected, false_alarm or new_normal
     */
    @Schema(name = "FeedbackToGive")
    public record Posted(
            UUID incidentId,
            @Schema(examples = "false_alarm") String verdict,
            Optional<@Size(max = 200) String> cause,
            Optional<@Size(max = 2000) String> comment) {}

    /** What somebody said of an incident. */
    @Schema(name = "Feedback")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record FeedbackJson(
            UUID id,
            UUID incidentId,
            Optional<UUID> anomalyId,
            String verdict,
            Optional<String> cause,
            String comment,
            @Schema(examples = "link:on-call") String by,
            ApiTime at) {
        static FeedbackJson of(Feedback feedback) {
            return new FeedbackJson(
                    feedback.id(),
                    feedback.about().incident(),
                    feedback.about().anomaly(),
                    feedback.verdict().label(),
                    feedback.cause(),
                    feedback.comment(),
                    feedback.by(),
                    SettingJson.time(feedback.at()));
        }
    }

    /**
     * A threshold that would not have raised the false alarms it rests on.
     *
     * @param id the name of the rule it would become
     * @param falseAlarms incidents it rests on
     * @param confirmed incidents of the series that were real
     * @param lost how many of these it would not have raised either
     */
    @Schema(name = "ThresholdSuggestion")
    public record SuggestionJson(
            String id,
            String clusterId,
            String nodeId,
            String metricName,
            double threshold,
            int falseAlarms,
            int confirmed,
            int lost) {
        static SuggestionJson of(FeedbackReview.Suggestion suggestion) {
            return new SuggestionJson(
                    suggestion.id(),
                    suggestion.clusterId(),
                    suggestion.nodeId(),
                    suggestion.metricName(),
                    suggestion.threshold(),
                    suggestion.falseAlarms(),
                    suggestion.confirmed(),
                    suggestion.lost());
        }
    }

    /** Suggestions, the most complained about first. */
    @Schema(name = "ThresholdSuggestions")
    public record SuggestionsJson(List<SuggestionJson> items) {}

    /**
     * False alarms of the last seven days.
     *
     * @param perWeek how many are put up with
     * @param isExceeded whether there were more
     * @param byEngine how many of them each engine had a part in
     */
    @Schema(name = "FalseAlarmBudget")
    public record BudgetJson(
            int perWeek, int falseAlarms, boolean isExceeded, Map<String, Integer> byEngine) {}

    /** Notes what the caller says of an incident. It changes nothing by itself. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("analyst")
    @Operation(summary = "Say what an incident was", operationId = "giveFeedback")
    public Uni<FeedbackJson> give(@Valid @NotNull Posted posted) {
        return feedbacks
                .give(
                        current.caller(),
                        Feedback.Subject.of(posted.incidentId),
                        Choices.of("/verdict", posted.verdict, Feedback.Verdict.values()),
                        posted.cause,
                        posted.comment.orElse(""))
                .map(FeedbackJson::of);
    }

    /** Lists what was said, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List feedback", operationId = "listFeedback")
    public Uni<Page<FeedbackJson>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        TenantId tenant = current.tenant();
        int most = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        List<String> question = List.of("feedback", tenant.value());
        Optional<FeedbackStore.Position> after =
                cursors.decode(question, cursor, FeedbackStore.Position::new);
        return feedbacks
                .list(tenant, after, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                FeedbackJson::of,
                                row -> cursors.encode(question, row.at(), row.id())));
    }

    /** Takes a word back. It stays for the record and no longer counts. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed("analyst")
    @Operation(summary = "Take feedback back", operationId = "withdrawFeedback")
    public Uni<Void> withdraw(@PathParam("id") String id) {
        return feedbacks.withdraw(current.caller(), Ids.of("feedback", id));
    }

    /** Lists the thresholds that feedback suggests. */
    @GET
    @Path("/suggestions")
    @RolesAllowed("viewer")
    @Operation(
            summary = "List thresholds that feedback suggests",
            operationId = "listSuggestions",
            description =
                    "From the last 90 days. To see what one would do, send it to"
                            + " /thresholds/preview.")
    public Uni<SuggestionsJson> suggestions() {
        return suggestions
                .review(current.tenant())
                .map(review ->
                        new SuggestionsJson(
                                review.suggestions().stream().map(SuggestionJson::of).toList()));
    }

    /** Makes a suggestion a threshold rule, in the caller's name. */
    @POST
    @Path("/suggestions/{id}/apply")
    @RolesAllowed("editor")
    @Operation(summary = "Make a suggestion a threshold rule", operationId = "applySuggestion")
    public Uni<SuggestionJson> apply(@PathParam("id") String id) {
        return suggestions.apply(current.caller(), id).map(SuggestionJson::of);
    }

    /** Takes back what was decided of a suggestion; a rule it became is deleted. */
    @POST
    @Path("/suggestions/{id}/reopen")
    @RolesAllowed("editor")
    @Operation(
            summary = "Take back what was decided of a suggestion",
            operationId = "reopenSuggestion",
            description = "The threshold rule that it became is deleted.")
    @APIResponse(responseCode = "204", description = "It is open again")
    public Uni<Void> reopen(@PathParam("id") String id) {
        return suggestions.reopen(current.caller(), id);
    }

    /** Puts a suggestion aside until there is more such feedback. */
    @POST
    @Path("/suggestions/{id}/dismiss")
    @RolesAllowed("editor")
    @Operation(summary = "Put a suggestion aside", operationId = "dismissSuggestion")
    public Uni<SuggestionJson> dismiss(@PathParam("id") String id) {
        return suggestions.dismiss(current.caller(), id).map(SuggestionJson::of);
    }

    /** Tells whether there are more false alarms than are put up with, and from which engine. */
    @GET
    @Path("/budget")
    @RolesAllowed("viewer")
    @Operation(summary = "Tell how many false alarms there were", operationId = "readBudget")
    public Uni<BudgetJson> budget() {
        return suggestions
                .review(current.tenant())
                .map(FeedbackReview::budget)
                .map(budget ->
                        new BudgetJson(
                                budget.perWeek(),
                                budget.falseAlarms(),
                                budget.isExceeded(),
                                budget.byEngine()));
    }
}
