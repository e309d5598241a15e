package dev.vedette.alerting.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.alerting.Alert;
import dev.vedette.alerting.Delivery;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.detection.rest.Choices;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Ids;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people were told: the delivery log. */
@Path("/api/v1/alerts")
@Tag(name = "Alerting")
public class AlertsResource {
    private final CurrentCaller current;
    private final DeliveryQueries deliveries;
    private final Cursors cursors;
    private final InstantSource clock;

    AlertsResource(
            CurrentCaller current,
            DeliveryQueries deliveries,
            Cursors cursors,
            InstantSource clock) {
        this.current = current;
        this.deliveries = deliveries;
        this.cursors = cursors;
        this.clock = clock;
    }

    /**
     * One message to one channel.
     *
     * @param id its idempotency key
     * @param attempts tries begun
     * @param nextAt when the next may begin, while it is due
     * @param answer the last answer of the other side
     */
    @Schema(name = "AlertDelivery")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record DeliveryJson(
            UUID id,
            UUID incidentId,
            @Schema(examples = "on-call") String route,
            @Schema(examples = "ops-hook") String channel,
            @Schema(examples = "opened") String event,
            int revision,
            @Schema(examples = "CPU spiked on api-05") String title,
            String words,
            @Schema(examples = "critical") String severity,
            @Schema(examples = "delivered") String state,
            ApiTime plannedAt,
            int attempts,
            Optional<ApiTime> nextAt,
            Optional<AnswerJson> answer) {
        static DeliveryJson of(Delivery delivery, TimeFormat format) {
            return new DeliveryJson(
                    delivery.id(),
                    delivery.incident(),
                    delivery.route(),
                    delivery.channel(),
                    delivery.event().label(),
                    delivery.revision(),
                    delivery.facts().title(),
                    delivery.facts().words(),
                    delivery.facts().severity().label(),
                    delivery.state().label(),
                    new ApiTime(delivery.plannedAt(), format),
                    delivery.attempts(),
                    delivery.state() == Delivery.State.DUE
                            ? Optional.of(new ApiTime(delivery.nextAt(), format))
                            : Optional.empty(),
                    delivery.answer()
                            .map(said ->
                                    new AnswerJson(
                                            said.code(),
                                            said.words(),
                                            new ApiTime(said.at(), format))));
        }
    }

    /** What the other side said; code 0 when it did not answer. */
    @Schema(name = "AlertAnswer")
    public record AnswerJson(int code, String said, ApiTime at) {}

    /**
     * What a route has told of an incident.
     *
     * @param phase pending, firing, resolved or passed
     * @param held why nobody is told: trigger, taken, silence, quiet, throttle, old or route
     * @param lookAt when it is looked at again
     */
    @Schema(name = "AlertState")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StateJson(
            @Schema(examples = "on-call") String route,
            @Schema(examples = "firing") String phase,
            @Schema(examples = "silence") Optional<String> held,
            int messages,
            boolean escalated,
            Optional<ApiTime> openedAt,
            Optional<ApiTime> toldAt,
            Optional<ApiTime> lookAt) {
        static StateJson of(Alert alert) {
            return new StateJson(
                    alert.route(),
                    alert.phase().label(),
                    alert.held().map(Alert.Held::label),
                    alert.revision(),
                    alert.isEscalated(),
                    alert.openedAt().map(StateJson::time),
                    alert.toldAt().map(StateJson::time),
                    alert.lookAt().map(StateJson::time));
        }

        private static ApiTime time(Instant instant) {
            return new ApiTime(instant, TimeFormat.RFC3339);
        }
    }

    /** What the routes have told of an incident. */
    @Schema(name = "AlertStates")
    public record StatesJson(List<StateJson> items) {}

    /** Lists what was told, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List deliveries of messages", operationId = "listAlerts")
    public Uni<Page<DeliveryJson>> list(
            @QueryParam("incident_id") Optional<String> incident,
            @QueryParam("route") Optional<String> route,
            @QueryParam("channel") Optional<String> channel,
            @QueryParam("state") @Parameter(example = "failed") Optional<String> state,
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        DeliveryQueries.Filter filter =
                new DeliveryQueries.Filter(
                        incident.map(text -> Ids.of("incident", text)),
                        route,
                        channel,
                        state.map(text -> Choices.of("state", text, Delivery.State.values())));
        int most = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        List<?> question = List.of("alerts", tenant, filter);
        Optional<Long> before = cursors.decode(question, cursor).map(AlertsResource::place);
        return deliveries
                .list(tenant, filter, before, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                row -> DeliveryJson.of(row, format),
                                row ->
                                        cursors.encode(
                                                question, List.of(Long.toString(row.seq())))));
    }

    private static long place(List<String> parts) {
        try {
            return Long.parseLong(parts.getFirst());
        } catch (NumberFormatException e) {
            throw ProblemException.of(ProblemKind.BAD_CURSOR, "the cursor holds no place");
        }
    }

    /** Reads one delivery. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a delivery", operationId = "readAlert")
    public Uni<DeliveryJson> read(@PathParam("id") String id) {
        return deliveries
                .find(current.tenant(), Ids.of("alert", id))
                .map(found -> answer(id, found));
    }

    /** Tells what the routes have told of an incident, and what holds them back. */
    @GET
    @Path("/states")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what the routes have told of an incident",
            operationId = "listAlertStates")
    public Uni<StatesJson> states(@QueryParam("incident_id") Optional<String> incident) {
        String id =
                incident.orElseThrow(() ->
                        ProblemException.invalid(
                                "?incident_id",
                                "required",
                                "incident_id is missing",
                                "send the id of an incident"));
        return deliveries
                .alerts(current.tenant(), Ids.of("incident", id))
                .map(alerts -> new StatesJson(alerts.stream().map(StateJson::of).toList()));
    }

    /** Has a message sent again, with the same key. */
    @POST
    @Path("/{id}/replay")
    @RolesAllowed("editor")
    @Operation(
            summary = "Send a message again",
            operationId = "replayAlert",
            description =
                    "With the same idempotency key. One that is due or being sent stays as it is.")
    public Uni<DeliveryJson> replay(@PathParam("id") String id) {
        return deliveries
                .replay(current.tenant(), Ids.of("alert", id), clock.instant())
                .map(found -> answer(id, found));
    }

    private static DeliveryJson answer(String id, Optional<Delivery> found) {
        return found.map(delivery -> DeliveryJson.of(delivery, TimeFormat.RFC3339))
                .orElseThrow(() -> ProblemException.notFound("alert", id));
    }
}
