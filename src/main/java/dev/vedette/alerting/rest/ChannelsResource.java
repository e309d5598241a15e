package dev.vedette.alerting.rest;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelForm;
import dev.vedette.alerting.ChannelTrial;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.rest.SettingJson.StoredChannel;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.EntityTags;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.tenant.TenantId;
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
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Where messages go. */
@Path("/api/v1/channels")
@Tag(name = "Alerting")
public class ChannelsResource {
    private final CurrentCaller current;
    private final AlertSettings settings;
    private final Channels channels;
    private final ChannelTrial trial;
    private final DeliveryQueries deliveries;
    private final Cursors cursors;

    ChannelsResource(
            CurrentCaller current,
            AlertSettings settings,
            Channels channels,
            ChannelTrial trial,
            DeliveryQueries deliveries,
            Cursors cursors) {
        this.current = current;
        this.settings = settings;
        this.channels = channels;
        this.trial = trial;
        this.deliveries = deliveries;
        this.cursors = cursors;
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
        TenantId tenant = current.tenant();
        int most = Pages.limit(limit);
        List<String> question = List.of("channels", tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return Uni.combine()
                .all()
                .unis(
                        settings.list(tenant, Setting.Kind.CHANNEL, after, most + 1),
                        deliveries.health(tenant))
                .with((rows, health) ->
                        Page.of(
                                rows,
                                most,
                                row ->
                                        StoredChannel.of(
                                                row,
                                                Optional.ofNullable(health.get(row.name())),
                                                Optional.empty()),
                                last -> cursors.encode(question, List.of(last.name()))));
    }

    /** Reads one channel, without its secrets. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a channel", operationId = "readChannel")
    public Uni<RestResponse<StoredChannel>> read(@PathParam("name") String name) {
        TenantId tenant = current.tenant();
        return Uni.combine()
                .all()
                .unis(settings.find(tenant, Setting.Kind.CHANNEL, name), deliveries.health(tenant))
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
    @RolesAllowed("editor")
    @Operation(
            summary = "Make a channel",
            operationId = "createChannel",
            description =
                    "Secrets are stored encrypted and never answered. A webhook without a secret"
                            + " gets one, which is answered this once as new_secret.")
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
        return settings.find(current.tenant(), Setting.Kind.CHANNEL, name)
                .chain(() ->
                        channels.put(
                                current.caller(),
                                name,
                                channel,
                                OptionalLong.of(EntityTags.revision(ifMatch, "channel", name))))
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
        return settings.find(current.tenant(), Setting.Kind.CHANNEL, name)
                .chain(() ->
                        settings.delete(
                                current.caller(),
                                Setting.Kind.CHANNEL,
                                name,
                                EntityTags.revision(ifMatch, "channel", name)));
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
