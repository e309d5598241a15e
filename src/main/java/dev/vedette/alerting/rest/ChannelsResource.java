package dev.vedette.alerting.rest;

import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelForm;
import dev.vedette.alerting.ChannelTrial;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.rest.SettingJson.StoredChannel;
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
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Where messages go. */
@Path("/api/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerting")
public class ChannelsResource {
    private final CurrentCaller current;
    private final Channels channels;
    private final ChannelTrial trial;
    private final DeliveryQueries deliveries;
    private final SettingRequests requests;

    ChannelsResource(
            CurrentCaller current,
            Channels channels,
            ChannelTrial trial,
            DeliveryQueries deliveries,
            SettingRequests requests) {
        this.current = current;
        this.channels = channels;
        this.trial = trial;
        this.deliveries = deliveries;
        this.requests = requests;
    }

    /**
     * What became of a test.
     *
     * @param delivered whether the other side has it
     * @param code its status; 0 when it did not answer
     * @param said its words, or why there was no answer
     */
    @Schema(name = "ChannelTest")
    public record TestJson(boolean delivered, int code, String said) {}

    /** Lists the tenant's channels by name, without their secrets. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List channels", operationId = "listChannels")
    public Uni<Page<StoredChannel>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        return deliveries
                .health(current.tenant())
                .chain(health ->
                        requests.page(
                                Setting.Kind.CHANNEL,
                                limit,
                                cursor,
                                row ->
                                        StoredChannel.of(
                                                row,
                                                Optional.ofNullable(health.get(row.name())),
                                                Optional.empty())));
    }

    /** Reads one channel, without its secrets. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a channel", operationId = "readChannel")
    public Uni<RestResponse<StoredChannel>> read(@PathParam("name") String name) {
        return Uni.combine()
                .all()
                .unis(
                        requests.find(Setting.Kind.CHANNEL, name),
                        deliveries.health(current.tenant()))
                .with((row, health) ->
                        SettingJson.answer(
                                RestResponse.Status.OK,
                                StoredChannel.of(
                                        row,
                                        Optional.ofNullable(health.get(name)),
                                        Optional.empty()),
                                row.revision()));
    }

    /** Makes a channel. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("editor")
    @Operation(
            summary = "Make a channel",
            operationId = "createChannel",
            description =
                    "Secrets are stored encrypted and never answered. A webhook without a secret"
                            + " gets one, which is answered this once as new_secret.")
    @APIResponseSchema(
            value = StoredChannel.class,
            responseCode = "201",
            responseDescription = "Made")
    public Uni<RestResponse<StoredChannel>> create(@NotNull ChannelForm channel) {
        return channels.put(
                        current.caller(), channel.name().orElse(""), channel, OptionalLong.empty())
                .map(kept -> answer(RestResponse.Status.CREATED, kept));
    }

    /** Replaces a channel. */
    @PUT
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Replace a channel",
            operationId = "replaceChannel",
            description =
                    "Send the ETag that was read as If-Match. Fields left out, secrets above all,"
                            + " stay as they were.")
    public Uni<RestResponse<StoredChannel>> replace(
            @PathParam("name") String name,
            @HeaderParam("If-Match") Optional<String> ifMatch,
            @NotNull ChannelForm channel) {
        return requests.change(
                        Setting.Kind.CHANNEL,
                        name,
                        ifMatch,
                        seen ->
                                channels.put(
                                        current.caller(), name, channel, OptionalLong.of(seen)))
                .map(kept -> answer(RestResponse.Status.OK, kept));
    }

    /** Deletes a channel. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Delete a channel",
            operationId = "deleteChannel",
            description =
                    "Send the ETag that was read as If-Match. What is still to be sent to it fails.")
    public Uni<Void> delete(
            @PathParam("name") String name, @HeaderParam("If-Match") Optional<String> ifMatch) {
        return requests.delete(Setting.Kind.CHANNEL, name, ifMatch);
    }

    /** Sends a test, once, and answers what the other side said. */
    @POST
    @Path("/{name}/test")
    @RolesAllowed("editor")
    @Operation(summary = "Send a test to a channel", operationId = "testChannel")
    public Uni<TestJson> test(@PathParam("name") String name) {
        return trial.send(current.caller(), name)
                .map(answer ->
                        new TestJson(
                                answer instanceof Answer.Delivered, answer.code(), answer.said()));
    }

    private static RestResponse<StoredChannel> answer(
            RestResponse.Status status, Channels.Kept kept) {
        return SettingJson.answer(
                status,
                StoredChannel.of(kept.setting(), Optional.empty(), kept.newSecret()),
                kept.setting().revision());
    }
}
