package dev.vedette.alerting.rest;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.RouteForm;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.rest.SettingJson.StoredRoute;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Who hears of which incidents. */
@Path("/api/v1/routes")
@Tag(name = "Alerting")
public class RoutesResource {
    private final CurrentCaller current;
    private final AlertSettings settings;
    private final Channels channels;
    private final DeliveryQueries deliveries;
    private final Cursors cursors;

    RoutesResource(
            CurrentCaller current,
            AlertSettings settings,
            Channels channels,
            DeliveryQueries deliveries,
            Cursors cursors) {
        this.current = current;
        this.settings = settings;
        this.channels = channels;
        this.deliveries = deliveries;
        this.cursors = cursors;
    }

    /** Lists the tenant's routes by name. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List routes", operationId = "listRoutes")
    public Uni<Page<StoredRoute>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        TenantId tenant = current.tenant();
        int most = Pages.limit(limit);
        List<String> question = List.of("routes", tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return Uni.combine()
                .all()
                .unis(
                        settings.list(tenant, Setting.Kind.ROUTE, after, most + 1),
                        deliveries.health(tenant))
                .with((rows, health) ->
                        Page.of(
                                rows,
                                most,
                                row -> StoredRoute.of(row, health),
                                last -> cursors.encode(question, List.of(last.name()))));
    }

    /** Reads one route. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a route", operationId = "readRoute")
    public Uni<RestResponse<StoredRoute>> read(@PathParam("name") String name) {
        TenantId tenant = current.tenant();
        return Uni.combine()
                .all()
                .unis(settings.find(tenant, Setting.Kind.ROUTE, name), deliveries.health(tenant))
                .with((row, health) -> answer(RestResponse.Status.OK, row, health));
    }

    /** Makes a route. */
    @POST
    @RolesAllowed("editor")
    @Operation(
            summary = "Make a route",
            operationId = "createRoute",
            description = "Its channels must be there. Holds within a second.")
    public Uni<RestResponse<StoredRoute>> create(@NotNull RouteForm route) {
        String name = route.name().orElse("");
        return channels.requireKnown(current.tenant(), route)
                .chain(() -> settings.putRoute(current.caller(), name, route, OptionalLong.empty()))
                .map(row -> answer(RestResponse.Status.CREATED, row, Map.of()));
    }

    /** Replaces a route. */
    @PUT
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Replace a route",
            operationId = "replaceRoute",
            description = "Send the ETag that was read as If-Match.")
    public Uni<RestResponse<StoredRoute>> replace(
            @PathParam("name") String name,
            @HeaderParam("If-Match") Optional<String> ifMatch,
            @NotNull RouteForm route) {
        return settings.find(current.tenant(), Setting.Kind.ROUTE, name)
                .call(() -> channels.requireKnown(current.tenant(), route))
                .chain(() ->
                        settings.putRoute(
                                current.caller(),
                                name,
                                route,
                                OptionalLong.of(EntityTags.revision(ifMatch, "route", name))))
                .map(row -> answer(RestResponse.Status.OK, row, Map.of()));
    }

    /** Deletes a route. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Delete a route",
            operationId = "deleteRoute",
            description = "Send the ETag that was read as If-Match.")
    public Uni<Void> delete(
            @PathParam("name") String name, @HeaderParam("If-Match") Optional<String> ifMatch) {
        return settings.find(current.tenant(), Setting.Kind.ROUTE, name)
                .chain(() ->
                        settings.delete(
                                current.caller(),
                                Setting.Kind.ROUTE,
                                name,
                                EntityTags.revision(ifMatch, "route", name)));
    }

    private static RestResponse<StoredRoute> answer(
            RestResponse.Status status, Setting row, Map<String, DeliveryQueries.Health> health) {
        return SettingJson.answer(status, StoredRoute.of(row, health), row.revision());
    }
}
