package dev.vedette.alerting.rest;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.SilenceForm;
import dev.vedette.alerting.rest.SettingJson.StoredSilence;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TakesIdempotencyKey;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** When nobody is told. */
@Path("/api/v1/silences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerting")
public class SilencesResource {
    private final CurrentCaller current;
    private final AlertSettings settings;
    private final SettingRequests requests;
    private final InstantSource clock;

    SilencesResource(
            CurrentCaller current,
            AlertSettings settings,
            SettingRequests requests,
            InstantSource clock) {
        this.current = current;
        this.settings = settings;
        this.requests = requests;
        this.clock = clock;
    }

    /** Lists the tenant's silences by name, those that are over included. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List silences", operationId = "listSilences")
    public Uni<Page<StoredSilence>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        return requests.page(
                Setting.Kind.SILENCE, limit, cursor, row -> StoredSilence.of(row, clock.instant()));
    }

    /** Reads one silence. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a silence", operationId = "readSilence")
    public Uni<RestResponse<StoredSilence>> read(@PathParam("name") String name) {
        return requests.find(Setting.Kind.SILENCE, name)
                .map(row -> answer(RestResponse.Status.OK, row));
    }

    /** Makes a silence. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("analyst")
    @Operation(summary = "Make a silence", operationId = "createSilence")
    @APIResponseSchema(
            value = StoredSilence.class,
            responseCode = "201",
            responseDescription = "Made")
    public Uni<RestResponse<StoredSilence>> create(@NotNull SilenceForm silence) {
        String name = silence.name().orElseGet(() -> UUID.randomUUID().toString());
        return settings.putSilence(current.caller(), name, silence, OptionalLong.empty())
                .map(row -> answer(RestResponse.Status.CREATED, row));
    }

    /** Replaces a silence. */
    @PUT
    @Path("/{name}")
    @RolesAllowed("analyst")
    @Operation(
            summary = "Replace a silence",
            operationId = "replaceSilence",
            description = "Send the ETag that was read as If-Match.")
    public Uni<RestResponse<StoredSilence>> replace(
            @PathParam("name") String name,
            @HeaderParam("If-Match") Optional<String> ifMatch,
            @NotNull SilenceForm silence) {
        return requests.change(
                        Setting.Kind.SILENCE,
                        name,
                        ifMatch,
                        seen ->
                                settings.putSilence(
                                        current.caller(), name, silence, OptionalLong.of(seen)))
                .map(row -> answer(RestResponse.Status.OK, row));
    }

    /** Deletes a silence. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed("analyst")
    @Operation(
            summary = "Delete a silence",
            operationId = "deleteSilence",
            description =
                    "Send the ETag that was read as If-Match. What it held back and still goes on"
                            + " is told.")
    public Uni<Void> delete(
            @PathParam("name") String name, @HeaderParam("If-Match") Optional<String> ifMatch) {
        return requests.delete(Setting.Kind.SILENCE, name, ifMatch);
    }

    private RestResponse<StoredSilence> answer(RestResponse.Status status, Setting row) {
        return SettingJson.answer(status, StoredSilence.of(row, clock.instant()), row.revision());
    }
}
