package dev.vedette.incident.rest;

import dev.vedette.detection.rest.Choices;
import dev.vedette.explanation.Phrases;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Ids;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.incident.IncidentAction;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.incident.IncidentTimeline;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Anomalies that belong together. */
@Path("/api/v1/incidents")
@Tag(name = "Incidents")
public class IncidentResource {
    private final CurrentCaller current;
    private final IncidentQueries incidents;
    private final Cursors cursors;
    private final IncidentTimeline timeline = new IncidentTimeline(Phrases.ENGLISH);

    IncidentResource(CurrentCaller current, IncidentQueries incidents, Cursors cursors) {
        this.current = current;
        this.incidents = incidents;
        this.cursors = cursors;
    }

    /**
     * What a person does with an incident.
     *
     * @param action acknowledge, resolve, reopen or comment
     * @param note what they say; needed for a comment
     */
    public record Action(
            @NotBlank @Schema(examples = "acknowledge") String action,
            @Schema(examples = "looking at the database")
                    Optional<@Size(max = 2000) String> note) {}

    /** Lists the tenant's incidents, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "List incidents",
            description = "Merged and withdrawn ones only when asked for by status",
            operationId = "listIncidents")
    public Uni<Page<IncidentJson>> list(
            @QueryParam("from") @Parameter(description = "Still going on at or after")
                    Optional<String> from,
            @QueryParam("to") @Parameter(description = "Started before") Optional<String> to,
            @QueryParam("cluster_id") Optional<String> clusterId,
            @QueryParam("min_score") @DefaultValue("0") double minScore,
            @QueryParam("status") @Parameter(example = "open") Optional<String> status,
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        IncidentQueries.Filter filter =
                new IncidentQueries.Filter(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        clusterId,
                        Choices.share("min_score", minScore),
                        status.map(text -> Choices.of("status", text, IncidentStatus.values()))
                                .map(Set::of)
                                .orElse(Set.of()));
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        List<?> question = List.of("incidents", tenant, filter);
        Optional<IncidentQueries.Position> after =
                cursors.decode(question, cursor, IncidentQueries.Position::new);
        int shown = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        return incidents
                .list(tenant, filter, after, shown + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                shown,
                                row -> IncidentJson.of(row, format),
                                row -> cursors.encode(question, row.startedAt(), row.id())));
    }

    /** One incident with its anomalies and what happened. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read an incident", operationId = "readIncident")
    public Uni<IncidentDetailJson> read(
            @PathParam("id") String id,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return incidents
                .find(current.tenant(), Ids.of("incident", id))
                .map(found ->
                        found.map(detail -> IncidentDetailJson.of(detail, timeline, format))
                                .orElseThrow(() -> ProblemException.notFound("incident", id)));
    }

    /** Takes, ends, reopens or comments an incident; again changes nothing but the timeline. */
    @POST
    @Path("/{id}/actions")
    @RolesAllowed("analyst")
    @Operation(
            summary = "Acknowledge, resolve, reopen or comment an incident",
            operationId = "actOnIncident")
    public Uni<IncidentJson> act(@PathParam("id") String id, @Valid @NotNull Action action) {
        IncidentAction.Kind kind =
                Choices.of("/action", action.action(), IncidentAction.Kind.values());
        String note = action.note().orElse("").strip();
        if (kind == IncidentAction.Kind.COMMENT && note.isEmpty()) {
            throw ProblemException.invalid(
                    "/note", "required", "a comment needs a note", "send what you want to say");
        }
        IncidentAction done =
                new IncidentAction(Instant.now(), current.caller().subject(), kind, note);
        return incidents
                .act(current.tenant(), Ids.of("incident", id), done)
                .map(found ->
                        found.map(incident -> IncidentJson.of(incident, TimeFormat.RFC3339))
                                .orElseThrow(() -> ProblemException.notFound("incident", id)));
    }
}
