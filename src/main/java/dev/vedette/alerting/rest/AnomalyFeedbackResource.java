package dev.vedette.alerting.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.FeedbackStanding;
import dev.vedette.alerting.Feedbacks;
import dev.vedette.alerting.rest.FeedbackResource.FeedbackJson;
import dev.vedette.alerting.rest.FeedbackResource.SuggestionJson;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.rest.Choices;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people say of one anomaly, and what would follow from it. */
@Path("/api/v1/anomalies")
@Tag(name = "Feedback")
public class AnomalyFeedbackResource {
    private final CurrentCaller current;
    private final AnomalyQueries anomalies;
    private final Feedbacks feedbacks;

    AnomalyFeedbackResource(CurrentCaller current, AnomalyQueries anomalies, Feedbacks feedbacks) {
        this.current = current;
        this.anomalies = anomalies;
        this.feedbacks = feedbacks;
    }

    /**
     * What somebody says of an anomaly.
     *
     * @param verdict confirmed, expected, false_alarm or new_normal
     */
    @Schema(name = "AnomalyFeedbackToGive")
    public record Posted(
            @Schema(examples = "false_alarm") String verdict,
            Optional<@Size(max = 200) String> cause,
            Optional<@Size(max = 2000) String> comment) {}

    /**
     * What was said of an anomaly, and what would follow from each verdict.
     *
     * @param given the newest word, of the anomaly or of its incident
     * @param effects one per verdict
     */
    @Schema(name = "AnomalyFeedback")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Answer(Optional<FeedbackJson> given, List<Effect> effects) {}

    /** The thresholds that a verdict would suggest; none: it changes nothing. */
    @Schema(name = "FeedbackEffect")
    public record Effect(String verdict, List<SuggestionJson> suggestions) {}

    /** Notes what the caller says of an anomaly. It changes nothing by itself. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @Path("/{id}/feedback")
    @RolesAllowed("analyst")
    @Operation(
            summary = "Say what an anomaly was",
            operationId = "giveAnomalyFeedback",
            description =
                    "It belongs to an incident within seconds of its beginning; before, 409."
                            + " DELETE /feedback/{id} takes a word back.")
    public Uni<FeedbackJson> give(@PathParam("id") String id, @Valid @NotNull Posted posted) {
        Feedback.Verdict verdict =
                Choices.of("/verdict", posted.verdict, Feedback.Verdict.values());
        return subject(id)
                .chain(about ->
                        feedbacks.give(
                                current.caller(),
                                about,
                                verdict,
                                posted.cause,
                                posted.comment.orElse("")))
                .map(FeedbackJson::of);
    }

    /** Tells what was said of an anomaly, and what each verdict would suggest. */
    @GET
    @Path("/{id}/feedback")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what was said of an anomaly, and what each verdict would suggest",
            operationId = "readAnomalyFeedback")
    public Uni<Answer> read(@PathParam("id") String id) {
        TenantId tenant = current.tenant();
        return subject(id)
                .chain(about -> feedbacks.standing(tenant, about))
                .map(standing ->
                        new Answer(standing.given().map(FeedbackJson::of), effects(standing)));
    }

    private static List<Effect> effects(FeedbackStanding standing) {
        return Stream.of(Feedback.Verdict.values())
                .map(verdict ->
                        new Effect(
                                verdict.label(),
                                standing.after(verdict).stream().map(SuggestionJson::of).toList()))
                .toList();
    }

    private Uni<Feedback.Subject> subject(String id) {
        UUID anomaly = Ids.of("anomaly", id);
        TenantId tenant = current.tenant();
        return anomalies
                .find(tenant, anomaly)
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw ProblemException.notFound("anomaly", id);
                    }
                })
                .chain(() -> anomalies.incidentsOf(tenant, List.of(anomaly)))
                .map(incidents ->
                        Optional.ofNullable(incidents.get(anomaly))
                                .map(incident ->
                                        new Feedback.Subject(incident, Optional.of(anomaly)))
                                .orElseThrow(() ->
                                        ProblemException.of(
                                                ProblemKind.CONFLICT,
                                                "the anomaly belongs to no incident yet; send it"
                                                        + " again in a few seconds")));
    }
}
